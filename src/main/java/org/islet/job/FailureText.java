package org.islet.job;

/** What people are told of a failure that nobody foresaw. */
public final class FailureText {

  private FailureText() {}

  /** A failure's message, or what else can be said of it; never null. */
  public static String of(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "The Java heap is too small. Raise -Xmx in ISLET_JAVA_OPTS.";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** The same of what is at the bottom of a failure's causes. */
  public static String ofCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return of(cause);
  }
}
