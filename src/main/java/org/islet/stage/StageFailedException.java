package org.islet.stage;

/** A stage that could not do its work on a case. */
public final class StageFailedException extends RuntimeException {

  private final String stage;

  public StageFailedException(String stage, Throwable cause) {
    super(
        "The stage '%s' failed: %s"
            .formatted(
                stage,
                cause instanceof OutOfMemoryError
                    ? "the Java heap is too small for this CT. Raise -Xmx in ISLET_JAVA_OPTS."
                    : cause.getMessage()),
        cause);
    this.stage = stage;
  }

  /** The stage's name. */
  public String stage() {
    return stage;
  }
}
