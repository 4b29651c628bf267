package org.islet.stage;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** The name that somebody may have meant. */
public final class Nearest {

  /** Longer names are nobody's mistake, and take long to compare. */
  private static final int LONGEST = 100;

  private static final int MOST_LISTED = 60;

  private Nearest() {}

  /**
   * The candidate with the smallest edit distance (Levenshtein 1966) to a name, small and capital
   * letters being the same; none where more than half of the longer one's letters would have to
   * change, as nobody meant that.
   */
  public static Optional<String> to(String name, Collection<String> candidates) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(c -> 2 * distance(name, c) <= Math.max(name.length(), c.length()))
        .min(
            Comparator.<String>comparingInt(c -> distance(name, c))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * The nearest candidate, if two thirds of the letters are right, so that it is what was meant.
   */
  public static Optional<String> surely(String name, Collection<String> candidates) {
    return to(name, candidates)
        .filter(c -> 3 * distance(name, c) <= Math.max(name.length(), c.length()));
  }

  /** The end of a sentence: "; did you mean 'x'?" for the nearest candidate, "." without one. */
  public static String hint(String name, Collection<String> candidates) {
    return hint(to(name, candidates));
  }

  /** The same for {@link #surely the nearest candidate that was meant}. */
  public static String sureHint(String name, Collection<String> candidates) {
    return hint(surely(name, candidates));
  }

  private static String hint(Optional<String> nearest) {
    return nearest.map(c -> "; did you mean '" + c + "'?").orElse(".");
  }

  /**
   * The end of a sentence about a name that there is not: "; did you mean 'x'? There are: x, y."
   *
   * @param there what comes before the candidates, such as "There are"
   */
  public static String among(String name, String there, Collection<String> candidates) {
    return "%s %s".formatted(hint(name, candidates), listed(there, candidates));
  }

  /** Names behind some words, as a sentence; of very many, the first. */
  public static String listed(String there, Collection<String> names) {
    if (names.isEmpty()) {
      return there + ": nothing.";
    }
    String first = names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    int more = names.size() - MOST_LISTED;
    return more > 0
        ? "%s: %s and %d more.".formatted(there, first, more)
        : "%s: %s.".formatted(there, first);
  }

  private static boolean same(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
