package org.islet.model;

/** Networks cannot run on what the settings ask for; the message says what to set. */
public final class ProcessorException extends IllegalArgumentException {

  ProcessorException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
