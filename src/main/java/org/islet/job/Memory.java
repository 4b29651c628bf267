package org.islet.job;

/** The Java heap that cases in work are taken to need together, and how much there is for them. */
final class Memory {

  private final long total;
  private long used;

  /**
   * @param total in bytes
   */
  Memory(long total) {
    this.total = total;
  }

  /** Takes so many bytes if they are free; more than there are can be had only alone. */
  synchronized boolean take(long bytes) {
    if (used > 0 && used + bytes > total) {
      return false;
    }
    used += bytes;
    return true;
  }

  synchronized void give(long bytes) {
    used -= bytes;
  }

  synchronized long used() {
    return used;
  }

  long total() {
    return total;
  }
}
