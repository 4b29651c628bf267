package org.islet.stage;

/**
 * A network got less memory than it is allowed, since others have taken it, as on a GPU that
 * several processes share. It may go well at another time.
 */
public final class NetworkMemoryException extends RuntimeException {

  public NetworkMemoryException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
