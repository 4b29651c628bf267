package org.islet.job;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.islet.store.Attempt;
import org.islet.store.Job;
import org.islet.store.JobStore;

/**
 * How a case was tried before, since it was accepted or redriven. What was put back or handed on
 * does not count.
 */
record Tries(List<Attempt> before) {

  /** The outcomes of attempts that do not count. */
  private static final Set<String> UNTROUBLED = Set.of("put-back", "handed-on");

  /** The outcome of an attempt that met trouble. */
  static final String FAILED = "failed";

  /** The outcome of an attempt whose worker went away. */
  static final String LOST = "lost";

  /**
   * Before the attempt that is running.
   *
   * @param job as that attempt was begun, or later
   */
  static Tries before(JobStore store, Job job) {
    List<Attempt> counted =
        store.attempts(job.id()).stream()
            .filter(attempt -> attempt.number() < job.attempt())
            .filter(attempt -> !UNTROUBLED.contains(attempt.outcome()))
            .toList();
    return new Tries(
        counted.subList(Math.max(0, counted.size() - job.tries() + 1), counted.size()));
  }

  /** How many failed for trouble that may pass. */
  int troubles() {
    return (int) before.stream().filter(attempt -> attempt.outcome().equals(FAILED)).count();
  }

  /**
   * How many in a row, just before, ended with their process after the same stage.
   *
   * @param stage null for before the first
   */
  int endsAfter(String stage) {
    int ends = 0;
    while (ends < before.size() && isEndAfter(stage, before.get(before.size() - 1 - ends))) {
      ends++;
    }
    return ends;
  }

  private static boolean isEndAfter(String stage, Attempt attempt) {
    return attempt.outcome().equals(LOST) && Objects.equals(attempt.lastStage(), stage);
  }
}
