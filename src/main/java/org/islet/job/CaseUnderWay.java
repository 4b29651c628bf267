package org.islet.job;

import org.islet.stage.Case;

/**
 * A case on its way through its route.
 *
 * @param readSeconds how long its CT took to be read
 * @param startNanos when the work on it began, as {@link System#nanoTime} has it; later by as much
 *     as it waited in between
 */
record CaseUnderWay(Case c, CaseReport.Input input, double readSeconds, long startNanos) {

  /** How long the work on it has taken so far. */
  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
