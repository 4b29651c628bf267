package org.islet.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which cases go first; among equals, the one that was accepted first. */
public enum Priority {
  /** Before all others. */
  URGENT(0),
  /** Unless something else is asked for. */
  ROUTINE(1),
  /** After all others, and only in the hours that are set for it, if some are. */
  OFF_PEAK(2);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /** As it is stored: the lower goes first. */
  int rank() {
    return rank;
  }

  static Priority ofRank(int rank) {
    return Arrays.stream(values()).filter(p -> p.rank == rank).findFirst().orElseThrow();
  }

  /** As requests write it: {@code urgent}, {@code routine}, {@code off-peak}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The priority that a word stands for. */
  public static Optional<Priority> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Priority::word).toList();
  }
}
