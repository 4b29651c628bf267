package org.islet.object;

import java.io.IOException;

/**
 * Storage that does not do what is asked of it. The message is a sentence for whoever looks after
 * it, without a key.
 */
public final class ObjectStoreException extends IOException {

  private final Kind kind;

  /** Why. */
  public enum Kind {
    /** It cannot be reached, or does not work, now. */
    AWAY,
    /** It does not let Islet. */
    DENIED,
    /** Somebody else is just at it. */
    CONFLICT,
    /** It never can. */
    UNSUPPORTED
  }

  ObjectStoreException(Kind kind, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
