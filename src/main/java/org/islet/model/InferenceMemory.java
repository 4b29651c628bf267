package org.islet.model;

import java.util.concurrent.Semaphore;

/**
 * The native memory that all networks together may use at one time. Work that does not fit beside
 * what is running waits; work that does not fit at all has to be cut into tiles.
 */
public final class InferenceMemory {

  private static final long UNIT = 1 << 20;

  private final int total;
  private final Semaphore free;

  /**
   * @param bytes at least 1 MiB
   * @throws IllegalArgumentException if it is less
   */
  public InferenceMemory(long bytes) {
    total = Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes / UNIT));
    if (total < 1) {
      throw new IllegalArgumentException(
          "The memory for inference must be at least 1 MiB, not " + bytes + " bytes.");
    }
    free = new Semaphore(total, true);
  }

  /** The most bytes that one piece of work can have. */
  public long total() {
    return total * UNIT;
  }

  /** How many bytes are in use. */
  public long used() {
    return (total - free.availablePermits()) * UNIT;
  }

  /** Does work that takes so many bytes, once they are free. */
  void use(long bytes, Runnable work) {
    int units = Math.toIntExact(Math.max(1, Math.min(total, (bytes + UNIT - 1) / UNIT)));
    free.acquireUninterruptibly(units);
    try {
      work.run();
    } finally {
      free.release(units);
    }
  }
}
