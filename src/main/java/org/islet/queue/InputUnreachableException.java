package org.islet.queue;

import java.io.IOException;

/** An input that cannot be got now, and perhaps can later. The message is a sentence. */
public final class InputUnreachableException extends IOException {

  InputUnreachableException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
