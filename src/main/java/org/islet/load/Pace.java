package org.islet.load;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock by which requests are sent, whether earlier ones are answered or not.
 *
 * @param perSecond how many are due in a second; 0 for all at once
 */
record Pace(double perSecond) {

  private static final double NANOS = 1e9;

  /**
   * When a request is due.
   *
   * @param start when the first one is
   * @param number of the request, from 0
   */
  Instant due(Instant start, long number) {
    return perSecond == 0
        ? start
        : start.plus(Duration.ofNanos(Math.round(number / perSecond * NANOS)));
  }
}
