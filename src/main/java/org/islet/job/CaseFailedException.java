package org.islet.job;

/**
 * A case that ended without a result. The message is a sentence for whoever sent the CT or wrote
 * the route, without the names of files or patients.
 */
public final class CaseFailedException extends Exception {

  private final String caseId;
  private final String code;
  private final String stage;

  /**
   * @param caseId the case's, or null if the CT could not even be identified
   * @param code a stable name of the reason in kebab case
   * @param stage the stage that failed, or null if it was none
   */
  public CaseFailedException(
      String caseId, String code, String stage, String sentence, Throwable cause) {
    super(sentence, cause);
    this.caseId = caseId;
    this.code = code;
    this.stage = stage;
  }

  public String caseId() {
    return caseId;
  }

  public String code() {
    return code;
  }

  public String stage() {
    return stage;
  }
}
