package org.islet.format;

/** A text from outside as messages and logs can hold it. */
public final class OneLine {

  private static final int LONGEST = 1000;

  /** Characters that break lines, command a terminal, or turn what is read around. */
  private static final String UNSAFE = "[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+";

  private OneLine() {}

  /** The text as one line that commands nothing, cut where it is longer than anybody reads. */
  public static String of(String text) {
    return of(text, LONGEST);
  }

  /** The same, cut where it is longer than so many characters. */
  public static String of(String text, int longest) {
    String line = text.replaceAll(UNSAFE, " ").strip();
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest)) + "…";
  }
}
