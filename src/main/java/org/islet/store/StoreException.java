package org.islet.store;

/** A store that cannot be opened, read or written. The message is a sentence for its operator. */
public class StoreException extends RuntimeException {

  public StoreException(String sentence) {
    super(sentence);
  }

  public StoreException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
