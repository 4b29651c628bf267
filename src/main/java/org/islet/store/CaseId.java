package org.islet.store;

import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of cases, which say nothing of a patient. */
public final class CaseId {

  private static final int DIGITS = 12;

  private CaseId() {}

  /** The name of the first case of a CT: the first digits of its SHA-256. */
  public static String of(String sha256) {
    return sha256.substring(0, DIGITS);
  }

  /**
   * The name of a further case of a CT: with {@code -2}, {@code -3}, … where the first is taken.
   *
   * @param free whether no case has that name
   */
  public static String free(String sha256, Predicate<String> free) {
    String first = of(sha256);
    return Stream.concat(
            Stream.of(first), IntStream.iterate(2, n -> n + 1).mapToObj(n -> first + "-" + n))
        .filter(free)
        .findFirst()
        .orElseThrow();
  }
}
