package org.islet.train;

/** A training was asked to stop and did, so that it can be gone on with; the message says where. */
public final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  StoppedException(String where) {
    super("stopped %s; go on with --resume".formatted(where));
  }
}
