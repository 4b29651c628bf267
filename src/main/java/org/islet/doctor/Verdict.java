package org.islet.doctor;

import java.util.Locale;

/** What is to be thought of what was found. */
public enum Verdict {
  /** It is as it should be. */
  OK,
  /** The service works, but somebody may want to know. */
  NOTE,
  /** The service does not work, or not as it is set. */
  WRONG;

  /** As it is printed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
