package org.islet.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How often something happened in a second.
 *
 * @param overall from the first request to the last time that it happened
 * @param steady in between, without the first and the last tenth; nothing where it happened less
 *     than ten times, or all at once
 */
record Throughput(int count, OptionalDouble overall, OptionalDouble steady) {

  private static final int PARTS = 10;

  /**
   * @param start when the first request was sent
   * @param times when it happened, in any order
   */
  static Throughput of(Instant start, List<Instant> times) {
    List<Instant> sorted = times.stream().sorted().toList();
    int count = sorted.size();
    if (count == 0) {
      return new Throughput(0, OptionalDouble.empty(), OptionalDouble.empty());
    }
    int out = count / PARTS;
    return new Throughput(
        count,
        perSecond(count, start, sorted.get(count - 1)),
        out == 0
            ? OptionalDouble.empty()
            : perSecond(count - 1 - 2 * out, sorted.get(out), sorted.get(count - 1 - out)));
  }

  private static OptionalDouble perSecond(int count, Instant from, Instant to) {
    double seconds = Duration.between(from, to).toNanos() / 1e9;
    return seconds > 0 ? OptionalDouble.of(count / seconds) : OptionalDouble.empty();
  }
}
