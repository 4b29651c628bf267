package org.islet.format;

/** A text from outside as messages and logs can hold it. */
public final class OneLine {

  private static final int LONGEST = 1000;

  /** Characters that break lines, command a terminal, or turn what is read around. */
  private static final String UNSAFE = "[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+";

  private OneLine() {}

  /** The text as one line that commands nothing, cut where it is longer than anybody reads. */
  public static String of(String text) {
    String line = text.replaceAll(UNSAFE, " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
