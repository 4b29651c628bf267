package org.islet.model;

import java.util.function.Supplier;

/** Native memory is freed by whoever took it, or by nobody. */
final class ClosedOnFailure {

  private ClosedOnFailure() {}

  /**
   * What is made of something open. If that fails in any way, as for want of memory, what is open
   * is closed.
   */
  static <T> T get(Runnable close, Supplier<T> made) {
    try {
      return made.get();
    } catch (RuntimeException | Error e) {
      close.run();
      throw e;
    }
  }
}
