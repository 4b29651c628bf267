package org.islet.doctor;

import java.util.regex.Pattern;
import org.islet.format.OneLine;

/**
 * One thing that was found.
 *
 * @param part what was looked at, in a word
 * @param said what was found, in one line
 * @param todo what to do about it; empty where nothing is to be done
 */
public record Finding(String part, Verdict verdict, String said, String todo) {

  /** What addresses may hold that nobody but the service is to know. */
  private static final Pattern LOGIN = Pattern.compile("//[^/@\\s]*@");

  private static final Pattern SECRET =
      Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)=)[^&;,)\\s]*");

  /** Texts of others, such as names of files, are brought into one line, without secrets. */
  public Finding {
    said = shown(said);
    todo = shown(todo);
  }

  private static String shown(String text) {
    String line = LOGIN.matcher(OneLine.of(text)).replaceAll("//…@");
    return SECRET.matcher(line).replaceAll("$1…");
  }

  static Finding ok(String part, String said) {
    return new Finding(part, Verdict.OK, said, "");
  }

  static Finding note(String part, String said, String todo) {
    return new Finding(part, Verdict.NOTE, said, todo);
  }

  static Finding wrong(String part, String said, String todo) {
    return new Finding(part, Verdict.WRONG, said, todo);
  }
}
