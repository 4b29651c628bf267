package org.islet.request;

import org.islet.format.OneLine;

/** What came from outside, made fit for a sentence that people and logs see. */
final class Shown {

  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_SENTENCE = 200;

  private Shown() {}

  /** A name in quotes, on one line and not longer than a name may be. */
  static String name(String text) {
    return "'" + OneLine.of(text, LONGEST_NAME) + "'";
  }

  /** What a library says, on one line, with its full stop. */
  static String sentence(String text) {
    String line = OneLine.of(text, LONGEST_SENTENCE);
    return line.endsWith(".") ? line : line + ".";
  }
}
