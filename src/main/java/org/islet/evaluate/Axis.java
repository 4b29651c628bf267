package org.islet.evaluate;

import java.util.Locale;

/**
 * An axis from one round number to another.
 *
 * @param from where it begins
 * @param tick the step from tick to tick: 1, 2 or 5 times a power of ten
 * @param steps how many of them
 */
record Axis(double from, double tick, int steps) {

  private static final int MOST_TICKS = 8;

  /**
   * An axis around some values.
   *
   * @param least the smallest value
   * @param most the largest
   * @param leastTick what the step is at least
   */
  static Axis around(double least, double most, double leastTick) {
    double tick = Math.max(leastTick, tick(most > least ? most - least : 1));
    double first = Math.floor(least / tick);
    double last = Math.max(Math.ceil(most / tick), first + 1);
    return new Axis(tick * first, tick, (int) Math.round(last - first));
  }

  /** So that a length has at most {@link #MOST_TICKS} ticks. */
  private static double tick(double length) {
    double power = Math.pow(10, Math.floor(Math.log10(length / MOST_TICKS)));
    for (int factor : new int[] {1, 2, 5}) {
      if (length / (factor * power) <= MOST_TICKS) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** The value of a tick, the first being 0. */
  double value(int index) {
    return from + index * tick;
  }

  /** The value of a tick as it is written, with as many decimals as the step has. */
  String label(int index) {
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(tick)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value(index));
  }

  /** Where a value lies: 0 at the axis's beginning, 1 at its end. */
  double share(double value) {
    return (value - from) / (steps * tick);
  }
}
