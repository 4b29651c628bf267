package org.islet.plan;

import org.islet.volume.Scores;

/** What slots hold, compared and in words. */
final class SlotType {

  private SlotType() {}

  /** Whether what is found serves where something is wanted; of what is unknown it is supposed. */
  static boolean fits(Class<?> wanted, Class<?> found) {
    return found == Object.class || wanted.isAssignableFrom(found);
  }

  /** With its article, as in "a Mask". */
  static String noun(Class<?> type) {
    if (type == Double.class) {
      return "a number";
    } else if (type == Boolean.class) {
      return "yes or no";
    }
    return (type == Scores.class ? "" : "a ") + type.getSimpleName();
  }
}
