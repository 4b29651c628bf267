package org.islet.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A part of each day, such as {@code 20:00-06:00}, by the clock of this machine. Its end does not
 * belong to it.
 */
public record Hours(LocalTime from, LocalTime to) {

  /**
   * Reads hours.
   *
   * @throws IllegalArgumentException if they are not written as {@code 20:00-06:00}
   */
  public static Hours parse(String text) {
    String[] ends = text.strip().split("-", -1);
    try {
      if (ends.length == 2) {
        return new Hours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "Hours are written as 20:00-06:00, but islet.cases.off-peak is '%s'.".formatted(text));
  }

  /** Whether a time lies in them; hours that end when they begin are the whole day. */
  public boolean contain(LocalTime time) {
    boolean afterFrom = !time.isBefore(from);
    boolean beforeTo = time.isBefore(to);
    return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
  }

  /** Whether now, by this machine's clock, is off peak: it always is where no hours are. */
  public static boolean isOffPeak(Optional<Hours> offPeak, Instant now) {
    LocalTime time = LocalTime.ofInstant(now, ZoneId.systemDefault());
    return offPeak.map(hours -> hours.contain(time)).orElse(true);
  }
}
