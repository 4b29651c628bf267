package org.islet.stage;

/** What a failure says of itself. */
public final class CauseText {

  private CauseText() {}

  /** Its message, or the name of its class where it has none; never null. */
  public static String of(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
