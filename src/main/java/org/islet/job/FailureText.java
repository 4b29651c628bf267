package org.islet.job;

import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import org.islet.stage.CauseText;
import org.islet.store.Causes;

/** What people are told of a failure that nobody foresaw. */
public final class FailureText {

  private FailureText() {}

  /** A failure's message, or what else can be said of it; never null. */
  public static String of(Throwable failure) {
    if (failure instanceof OutOfMemoryError e) {
      if (String.valueOf(e.getMessage()).contains("native thread")) {
        return "The system gives no more threads. Raise its limit of processes (ulimit -u), or free"
            + " memory.";
      }
      return "The Java heap is too small. Raise -Xmx in ISLET_JAVA_OPTS.";
    }
    return CauseText.of(failure);
  }

  /** The same of what is at the bottom of a failure's causes. */
  public static String ofCause(Throwable failure) {
    return of(Causes.root(failure));
  }

  /** The same as {@link #ofCause}, without the names of files: they may be those of patients. */
  public static String withoutNames(Throwable failure) {
    Throwable cause = Causes.root(failure);
    String kind = cause.getClass().getSimpleName();
    if (cause instanceof FileSystemException e) {
      return e.getReason() == null ? kind : "%s: %s".formatted(kind, e.getReason());
    }
    if (cause instanceof InvalidPathException) {
      return kind + ": a file's name that this system cannot write";
    }
    if (cause instanceof FileNotFoundException) {
      return kind;
    }
    return of(cause);
  }
}
