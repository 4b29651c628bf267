package org.islet.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which part of the work a process does; several processes do all of it together. */
public enum Role {
  /** Everything. */
  ALL,
  /** Takes requests in, looks at their CTs and gives the answers. */
  INTAKE,
  /** Takes cases to their results. */
  WORKER,
  /** Shows how the work stands. */
  WEB;

  /** As it is set. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role that a word stands for. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Role::word).toList();
  }

  /** Whether it takes requests in and answers them. */
  public boolean takesIn() {
    return this == ALL || this == INTAKE;
  }

  /** Whether it takes cases through their routes. */
  public boolean works() {
    return this == ALL || this == WORKER;
  }
}
