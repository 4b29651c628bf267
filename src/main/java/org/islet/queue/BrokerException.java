package org.islet.queue;

/** A broker that cannot be used. The message is a sentence that says what to do. */
public final class BrokerException extends RuntimeException {

  BrokerException(String sentence) {
    super(sentence);
  }

  BrokerException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
