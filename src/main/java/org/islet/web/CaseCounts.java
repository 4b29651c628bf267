package org.islet.web;

import java.time.Duration;
import java.util.Map;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Priority;
import org.islet.store.StoreException;

/** How many cases are in each state, asked of the record once for all who read it together. */
final class CaseCounts {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final JobStore store;
  private Map<JobState, Map<Priority, Long>> counts;
  private long asked;

  CaseCounts(JobStore store) {
    this.store = store;
  }

  /** How many; no number while the record cannot be asked. */
  synchronized double of(JobState state, Priority priority) {
    try {
      if (counts == null || System.nanoTime() - asked > FRESH.toNanos()) {
        counts = store.listing().counts();
        asked = System.nanoTime();
      }
      return counts.getOrDefault(state, Map.of()).getOrDefault(priority, 0L);
    } catch (StoreException e) {
      return Double.NaN;
    }
  }
}
