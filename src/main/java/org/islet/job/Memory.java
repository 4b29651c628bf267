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

  /** Whether so many bytes are free; more than there are can be had only alone. */
  synchronized boolean hasRoomFor(long bytes) {
    return used == 0 || used + bytes <= total;
  }

  synchronized void take(long bytes) {
    used += bytes;
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
