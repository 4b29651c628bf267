package org.islet.request;

/** What came from outside, made fit for a sentence that people and logs see. */
final class Shown {

  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_SENTENCE = 200;

  private Shown() {}

  /** A name in quotes, on one line and not longer than a name may be. */
  static String name(String text) {
    return "'" + line(text, LONGEST_NAME) + "'";
  }

  /** What a library says, on one line, with its full stop. */
  static String sentence(String text) {
    String line = line(text, LONGEST_SENTENCE);
    return line.endsWith(".") ? line : line + ".";
  }

  private static String line(String text, int longest) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+", " ");
    return line.length() <= longest ? line : line.substring(0, longest) + "…";
  }
}
