package org.islet.format;

import java.io.IOException;

/**
 * An input that cannot be got now, and perhaps can later, so that nothing is said of what it holds.
 * The message is a sentence for whoever asked, without a file's name or what an address may hold.
 */
public final class InputUnreachableException extends IOException {

  /** The stable name of this trouble, once it has lasted too long. */
  public static final String CODE = "unreachable";

  /**
   * @param sentence what cannot be got, and what to do
   * @param cause null if its message may hold a file's name
   */
  public InputUnreachableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Nothing lies where a file was said to be; not any more, or not now. */
  static InputUnreachableException nothingThere() {
    return new InputUnreachableException(
        "There is no file here. Check its name, and that its drive is there.", null);
  }
}
