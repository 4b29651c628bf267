package org.islet.job;

import java.io.IOException;

/** What lies in the place of a result is not that result, or not whole. */
public final class BrokenResultException extends IOException {

  public BrokenResultException(String message) {
    super(message);
  }
}
