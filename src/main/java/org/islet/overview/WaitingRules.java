package org.islet.overview;

import java.time.Instant;
import java.util.Optional;
import org.islet.job.Hours;

/**
 * What decides for how long cases wait, beside those before them.
 *
 * @param atOnce how many a worker has in work at one time, at the most
 * @param offPeak when cases that are to run off peak may; nothing for always
 */
public record WaitingRules(int atOnce, Optional<Hours> offPeak) {

  /** Whether cases that are to run off peak may run. */
  boolean isOffPeak(Instant now) {
    return Hours.isOffPeak(offPeak, now);
  }
}
