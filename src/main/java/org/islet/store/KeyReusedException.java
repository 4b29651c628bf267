package org.islet.store;

/** The id of a request that was used before, for a request that was not the same. */
public final class KeyReusedException extends Exception {
  KeyReusedException() {
    super(
        "A request of this id was taken in before, and it asked for something else. Give each request an id of"
            + " its own.");
  }
}
