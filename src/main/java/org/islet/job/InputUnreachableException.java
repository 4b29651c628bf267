package org.islet.job;

import java.io.IOException;

/**
 * An input that cannot be got now, and perhaps can later. The message is a sentence for whoever
 * asked, without what an address may hold.
 */
public final class InputUnreachableException extends IOException {

  /** The stable name of this trouble, once it has lasted too long. */
  public static final String CODE = "unreachable";

  public InputUnreachableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
