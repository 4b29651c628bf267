package org.islet.stage;

/** A stage that could not do its work on a case. */
public final class StageFailedException extends RuntimeException {

  private final String stage;

  public StageFailedException(String stage, Throwable cause) {
    super("The stage '%s' failed: %s".formatted(stage, reason(cause)), cause);
    this.stage = stage;
  }

  private static String reason(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return "the Java heap is too small for this CT. Raise -Xmx in ISLET_JAVA_OPTS.";
    }
    if (cause instanceof LinkageError error) {
      return LinkageText.of(error);
    }
    return CauseText.of(cause);
  }

  /** The stage's name. */
  public String stage() {
    return stage;
  }
}
