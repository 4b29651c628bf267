package org.islet.plan;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How much routes may be: a few lines can call routes, and repeat them, so often that no machine
 * could plan or run them.
 */
final class PlanLimits {

  private static final int MOST_STEPS = 2_000;
  private static final int MOST_STEPS_OF_ALL = 50_000;
  private static final int MOST_RUNS = 10_000;

  private int steps;
  private int stepsOfFormer;
  private long lines;
  private long passes = 1;
  private boolean full;

  /** Begins to count for another route. */
  void begin() {
    stepsOfFormer += steps;
    steps = 0;
    lines = 0;
  }

  /** Counts a step; whether it may be one more. */
  boolean allowStep() {
    steps++;
    return steps <= MOST_STEPS && stepsOfFormer + steps <= MOST_STEPS_OF_ALL;
  }

  /** Counts a line of the log, in each pass of the loops around it. */
  void addLine() {
    lines = Math.min(lines + passes, Integer.MAX_VALUE);
  }

  /** Counts what is in a loop for each of its passes. */
  <T> T inLoop(int most, Supplier<T> body) {
    long outside = passes;
    passes = Math.min(passes * most, Integer.MAX_VALUE);
    T made = body.get();
    passes = outside;
    return made;
  }

  /** What is too much of the route that was counted last, as a sentence; of all routes, once. */
  Optional<String> excess(Part root) {
    if (stepsOfFormer + steps > MOST_STEPS_OF_ALL) {
      boolean told = full;
      full = true;
      return told
          ? Optional.empty()
          : Optional.of(
              "up to here, the routes together have more than %d steps when those that they call are written out; call fewer."
                  .formatted(MOST_STEPS_OF_ALL));
    } else if (steps > MOST_STEPS) {
      return Optional.of(
          "the route has more than %d steps when the routes that it calls are written out; call fewer."
              .formatted(MOST_STEPS));
    }
    return most(root.mostRuns(), "pass %d stages")
        .or(() -> most(lines, "write %d lines into the log"));
  }

  private static Optional<String> most(long count, String what) {
    return count <= MOST_RUNS
        ? Optional.empty()
        : Optional.of(
            ("a case could "
                    + what
                    + " on this route; at most %d are allowed. Let its loops have fewer passes.")
                .formatted(count, MOST_RUNS));
  }
}
