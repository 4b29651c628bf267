package org.islet.stage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A named, typed place in a case.
 *
 * @param name letters, digits and hyphens
 * @param type what it holds: {@code Volume}, {@code Mask}, {@code Box}, …
 */
public record Slot<T>(String name, Class<T> type) {

  /** What a slot may be named, as a regular expression. */
  public static final String NAME = "[A-Za-z0-9][A-Za-z0-9-]{0,63}";

  /** Whether a slot may have this name. */
  static boolean isName(String name) {
    return name.matches(NAME);
  }

  /**
   * @throws IllegalArgumentException if the name has other characters or is longer than 64
   */
  public Slot {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "'%s' is not a slot's name: up to 64 letters, digits and hyphens were expected."
              .formatted(OptionValue.cited(name)));
    }
  }

  /**
   * Refuses slots of which two are the same.
   *
   * @param options the names of the options that give them
   * @throws IllegalArgumentException if two are the same
   */
  static void requireDifferent(String options, List<? extends Slot<?>> slots) {
    if (Set.copyOf(slots).size() < slots.size()) {
      throw new IllegalArgumentException(
          "%s must be different slots, not %s."
              .formatted(options, slots.stream().map(Slot::name).collect(Collectors.joining(","))));
    }
  }
}
