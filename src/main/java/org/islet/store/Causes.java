package org.islet.store;

import java.util.Objects;
import java.util.stream.Stream;

/** A failure and what has caused it. */
public final class Causes {

  private Causes() {}

  /** The failure itself, its cause, the cause of that and so on. */
  public static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** What is at the bottom of a failure's causes; the failure itself if it has none. */
  public static Throwable root(Throwable failure) {
    return of(failure).reduce((above, below) -> below).orElseThrow();
  }
}
