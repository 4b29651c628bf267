package org.islet.load;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How lengths of time are spread, in seconds, each to four digits.
 *
 * @param count of how many
 * @param p50 that at least half are no longer than, and so on
 */
record Spread(int count, double mean, double p50, double p90, double p95, double p99, double max) {

  private static final int DIGITS = 4;
  private static final double MICROS = 1e6;

  /**
   * Of some lengths; those below 0, which clocks that differ make, count as 0.
   *
   * @param lengths at least one
   */
  static Spread of(List<Duration> lengths) {
    Histogram micros = new Histogram(DIGITS);
    lengths.forEach(length -> micros.recordValue(Math.max(0, length.toNanos() / 1000)));
    return new Spread(
        lengths.size(),
        micros.getMean() / MICROS,
        micros.getValueAtPercentile(50) / MICROS,
        micros.getValueAtPercentile(90) / MICROS,
        micros.getValueAtPercentile(95) / MICROS,
        micros.getValueAtPercentile(99) / MICROS,
        micros.getMaxValue() / MICROS);
  }
}
