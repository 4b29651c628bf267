package org.islet.store;

/**
 * What a store can never keep, however often it is tried: a text that is too long, or that holds
 * what a text cannot. The message is a sentence for whoever asked for it, without the text.
 */
public final class UnstorableException extends StoreException {

  UnstorableException(String state, Throwable cause) {
    super(
        ("The record cannot keep what was asked for: a text of it is too long, or holds a character"
                + " that a text cannot, such as NUL (SQL state %s). Mend the request, and send it"
                + " again.")
            .formatted(state),
        cause);
  }
}
