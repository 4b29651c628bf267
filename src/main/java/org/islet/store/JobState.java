package org.islet.store;

import java.util.Locale;

/** Where a case is in its life. */
public enum JobState {
  /** Waits for its turn. */
  ACCEPTED,
  /** A worker is at it. */
  RUNNING,
  /** Its result holds a mask with voxels. */
  DONE,
  /** Its result is whole, and nothing was found. */
  EMPTY,
  /** It has no result, and a reason. */
  FAILED,
  /** It was called off. */
  CANCELLED;

  /** As it is stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the case has a result. */
  public boolean hasResult() {
    return this == DONE || this == EMPTY;
  }

  /** Whether nothing more happens to the case by itself. */
  public boolean isEnded() {
    return this != ACCEPTED && this != RUNNING;
  }

  static JobState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
