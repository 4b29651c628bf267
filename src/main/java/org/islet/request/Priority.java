package org.islet.request;

import java.util.Arrays;
import java.util.Optional;

/** How soon a case is wanted. */
public enum Priority {
  /** Before all others. */
  URGENT("urgent"),
  /** In turn. */
  ROUTINE("routine"),
  /** When nothing else is to do. */
  OFF_PEAK("off-peak");

  private final String word;

  Priority(String word) {
    this.word = word;
  }

  /** As it stands in requests. */
  public String word() {
    return word;
  }

  /** The priority that a word stands for, if it does for one. */
  public static Optional<Priority> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
  }
}
