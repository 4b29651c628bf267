package org.islet.store;

/**
 * Why a case has no result, or a request no case.
 *
 * @param code a stable name of the reason in kebab case
 * @param sentence for the person who can act, without the names of files or patients
 * @param stage the stage that failed, or null if it was none
 */
public record Failure(String code, String sentence, String stage) {

  public Failure(String code, String sentence) {
    this(code, sentence, null);
  }
}
