package org.islet.format;

import java.io.IOException;

/**
 * A file that Islet does not take. The message is a sentence for whoever sent it: what was found,
 * with numbers, what was expected, and what to do. It never holds a file's name, since names often
 * hold a patient's.
 */
public final class InputRefusedException extends IOException {

  private final String code;

  /**
   * @param code a stable name of the reason, in kebab case, such as {@code truncated}
   * @param sentence what is wrong and what to do
   */
  public InputRefusedException(String code, String sentence) {
    super(sentence);
    this.code = code;
  }

  /** The stable name of the reason, for programs. */
  public String code() {
    return code;
  }
}
