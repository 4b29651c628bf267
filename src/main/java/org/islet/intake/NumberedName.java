package org.islet.intake;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for files whose own name is taken: {@code name~2.nii.gz}, with as much of the name as there
 * is room for.
 */
final class NumberedName {

  private static final String MARK = "~";
  private static final int LONGEST = 255;

  /** A name, and its ending: that of a CT or its options, or else a short one. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?is)(.+?)((?:\\.(?:nii|hdr|img))?(?:\\.gz)?(?:\\.json)?|\\.[a-z0-9]{1,10})");

  private static final Pattern NUMBER = Pattern.compile(MARK + "(\\d{1,9})");

  private NumberedName() {}

  /** A file's name with a number, or the name itself if that is 1. */
  static Path of(Path file, int number) {
    return number == 1
        ? file.getFileName()
        : NameBytes.in(Path.of(""), of(NameBytes.of(file), number)).getFileName();
  }

  /** The same of a name with one char for each byte. */
  static String of(String name, int number) {
    if (number == 1) {
      return name;
    }
    Matcher parts = PARTS.matcher(name);
    boolean ends = parts.matches();
    String ending = MARK + number + (ends ? parts.group(2) : "");
    return cut(ends ? parts.group(1) : name, LONGEST - ending.length()) + ending;
  }

  /** Whether a name is another one with some number, or itself. */
  static boolean isOneOf(String name, String original) {
    return name.equals(original)
        || NUMBER
            .matcher(name)
            .results()
            .anyMatch(found -> name.equals(of(original, Integer.parseInt(found.group(1)))));
  }

  /** The first bytes of a name, without a part of a UTF-8 character at the end. */
  private static String cut(String name, int most) {
    int end = Math.min(name.length(), most);
    while (end > 1 && end < name.length() && isWithinCharacter(name.charAt(end))) {
      end--;
    }
    return name.substring(0, end);
  }

  private static boolean isWithinCharacter(char following) {
    return (following & 0xc0) == 0x80;
  }
}
