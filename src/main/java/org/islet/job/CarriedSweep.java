package org.islet.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.islet.carry.CarryPlace;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.jboss.logging.Logger;

/**
 * Sweeps away what cases held on their way that nobody goes on with: whose worker ended before it
 * could, or which were called off. What is of no case in the record is somebody else's, and stays.
 */
final class CarriedSweep {

  private static final Logger LOG = Logger.getLogger(CarriedSweep.class);

  /** What is younger may be just on its way. */
  private static final Duration YOUNG = Duration.ofHours(1);

  private final JobStore store;
  private final CarryPlace place;
  private final Troubles troubles = new Troubles();

  CarriedSweep(JobStore store, CarryPlace place) {
    this.store = store;
    this.place = place;
  }

  void sweep() {
    try {
      Instant old = Instant.now().minus(YOUNG);
      for (Map.Entry<String, Instant> kept : place.kept().entrySet()) {
        if (kept.getValue().isBefore(old) && isDone(kept.getKey())) {
          place.forget(kept.getKey());
        }
      }
    } catch (IOException e) {
      String trouble = FailureText.withoutNames(e);
      if (troubles.isNews(trouble)) {
        LOG.warnf("what cases held on their way cannot be swept away now: %s", trouble);
      }
    }
  }

  private boolean isDone(String caseId) {
    return store.find(caseId).map(CarriedSweep::needsNothing).orElse(false);
  }

  private static boolean needsNothing(Job job) {
    return job.state().isEnded() || (job.state() == JobState.ACCEPTED && job.handed() == null);
  }
}
