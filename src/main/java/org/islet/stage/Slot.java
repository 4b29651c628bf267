package org.islet.stage;

/**
 * A named, typed place in a case.
 *
 * @param name letters, digits and hyphens
 * @param type what it holds: {@code Volume}, {@code Mask}, {@code Box}, …
 */
public record Slot<T>(String name, Class<T> type) {

  /** Whether a slot may have this name. */
  static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  }

  /**
   * @throws IllegalArgumentException if the name has other characters or is longer than 64
   */
  public Slot {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a slot's name: up to 64 letters, digits and hyphens were expected.");
    }
  }
}
