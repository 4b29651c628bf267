package org.islet.job;

import java.io.IOException;
import java.util.Set;
import org.islet.carry.CarriedLostException;
import org.islet.format.InputRefusedException;
import org.islet.format.InputUnreachableException;
import org.islet.object.ObjectStoreException;
import org.islet.stage.NetworkMemoryException;
import org.islet.stage.StageFailedException;
import org.islet.store.Causes;

/**
 * A case that ended without a result. The message is a sentence for whoever sent the CT or wrote
 * the route, without the names of files or patients.
 */
public final class CaseFailedException extends Exception {

  private static final String STORAGE = "storage";
  private static final String MEMORY = "memory";

  /** The code of a failure: a case cannot go on with the route that it began on. */
  static final String ROUTE_CHANGED = "route-changed";

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

  /**
   * The failure of a case by what was thrown on its way.
   *
   * @param caseId the case's, or null if the CT could not even be identified
   */
  public static CaseFailedException of(String caseId, Throwable cause) {
    if (cause instanceof InputRefusedException e) {
      return new CaseFailedException(caseId, e.code(), null, e.getMessage(), e);
    }
    if (isLackOfMemory(cause)) {
      return new CaseFailedException(caseId, MEMORY, stageOf(cause), memoryText(cause), cause);
    }
    if (cause instanceof StageFailedException e) {
      return new CaseFailedException(caseId, "stage-failed", e.stage(), e.getMessage(), e);
    }
    if (cause instanceof InputUnreachableException e) {
      return new CaseFailedException(
          caseId, InputUnreachableException.CODE, null, e.getMessage(), e);
    }
    if (cause instanceof CarriedLostException) {
      return new CaseFailedException(
          caseId,
          STORAGE,
          null,
          cause.getMessage() + " Look at where islet.carried leads, and try again.",
          cause);
    }
    if (cause instanceof ObjectStoreException e) {
      return new CaseFailedException(caseId, STORAGE, null, e.getMessage(), e);
    }
    if (cause instanceof IOException) {
      return new CaseFailedException(
          caseId,
          STORAGE,
          null,
          "A file could not be read or written (%s). Look at the disk's space and permissions, and try again."
              .formatted(cause.getClass().getSimpleName()),
          cause);
    }
    if (cause instanceof IllegalArgumentException) {
      return new CaseFailedException(caseId, "refused", null, cause.getMessage(), cause);
    }
    return new CaseFailedException(
        caseId,
        "internal",
        null,
        "Something unexpected went wrong: " + FailureText.of(cause),
        cause);
  }

  private static boolean isLackOfMemory(Throwable failure) {
    return Causes.of(failure)
        .anyMatch(e -> e instanceof OutOfMemoryError || e instanceof NetworkMemoryException);
  }

  private static String memoryText(Throwable failure) {
    return Causes.of(failure)
        .filter(NetworkMemoryException.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst()
        .orElseGet(() -> FailureText.ofCause(failure));
  }

  private static String stageOf(Throwable failure) {
    return failure instanceof StageFailedException e ? e.stage() : null;
  }

  /** Whether the same may go well at another time. */
  public boolean mayPass() {
    return Set.of(STORAGE, MEMORY, ROUTE_CHANGED, InputUnreachableException.CODE).contains(code);
  }

  /** Whether the case has to begin from its CT again, since what was handed over is of no use. */
  boolean startsOver() {
    return code.equals(ROUTE_CHANGED) || getCause() instanceof CarriedLostException;
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
