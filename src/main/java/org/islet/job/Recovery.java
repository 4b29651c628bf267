package org.islet.job;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;

/**
 * Begins cases again whose worker is gone or that do not get on, or gives them up when that was so
 * too often.
 */
final class Recovery {

  /** Of an attempt whose process lives. */
  private static final Failure UNRECORDED =
      new Failure(
          "storage",
          "What became of the case could not be recorded. Look at the space and the permissions of"
              + " the disk that the record is on, and try again.");

  private final Worker worker;
  private final ResultPlace results;
  private final Predicate<Job> inWork;
  private final Runnable whenEnded;

  /** Cases that the record has in work here and nobody is at, as the last round found them. */
  private Set<String> dropped = Set.of();

  /**
   * @param inWork whether an attempt is in work here
   */
  Recovery(Worker worker, ResultPlace results, Predicate<Job> inWork, Runnable whenEnded) {
    this.worker = worker;
    this.results = results;
    this.inWork = inWork;
    this.whenEnded = whenEnded;
  }

  /** Looks for such cases once. */
  void round() {
    List<Job> orphans =
        worker.store().orphans(other -> other.equals(worker.id()) || worker.isGone(other));
    Set<String> before = dropped;
    dropped =
        orphans.stream()
            .filter(orphan -> orphan.worker().equals(worker.id()) && !inWork.test(orphan))
            .map(Dispatcher::key)
            .collect(Collectors.toSet());
    for (Job orphan : orphans) {
      // A case that is just being begun is in the record a moment before it is in work.
      String attempt = Dispatcher.key(orphan);
      if (!orphan.worker().equals(worker.id())
          || (dropped.contains(attempt) && before.contains(attempt))) {
        recover(orphan);
      }
    }
  }

  /** Lets a case be begun again whose attempt here does not get on, if it is still that one's. */
  void giveUp(Job attempt) {
    worker
        .store()
        .find(attempt.id())
        .filter(now -> now.state() == JobState.RUNNING && now.attempt() == attempt.attempt())
        .ifPresent(this::giveUpStalled);
  }

  private void giveUpStalled(Job now) {
    int there = 1 + Tries.before(worker.store(), now).endsAfter(now.stage());
    Duration pause = worker.rules().pauseAfterLoss(now.tries());
    recover(now, stalled(now), WorkRules.isHopelesslyStalled(there), pause, Tries.LOST);
  }

  private Failure stalled(Job now) {
    return new Failure(
        "stalled",
        "The case did not get on for %d s %s (islet.cases.stage-limit). Look whether a stage of others hangs or a drive does not answer; a machine that is that slow needs a longer limit."
            .formatted(worker.rules().stageLimit().toSeconds(), where(now)));
  }

  private void recover(Job orphan) {
    Tries tries = Tries.before(worker.store(), orphan);
    if (orphan.worker().equals(worker.id())) {
      int troubles = 1 + tries.troubles();
      Duration pause = worker.rules().pauseAfterTrouble(troubles);
      recover(orphan, UNRECORDED, troubles > worker.rules().retries(), pause, Tries.FAILED);
    } else {
      int there = 1 + tries.endsAfter(orphan.stage());
      boolean hopeless = worker.rules().isHopeless(orphan.tries(), there);
      Duration pause = worker.rules().pauseAfterLoss(orphan.tries());
      recover(orphan, lost(orphan), hopeless, pause, Tries.LOST);
    }
  }

  private void recover(Job orphan, Failure why, boolean hopeless, Duration pause, String outcome) {
    if (orphan.calledOff()) {
      worker.store().cancel(orphan, JobRun.CALLED_OFF, null).ifPresent(this::ended);
    } else if (hopeless && !hasResult(orphan)) {
      worker.store().fail(orphan, why, null).ifPresent(this::ended);
    } else {
      worker.store().retry(orphan, why, pause, outcome, null).ifPresent(worker.news()::willRetry);
    }
  }

  private void ended(Job now) {
    worker.news().ended(now);
    whenEnded.run();
  }

  /** Whether a result is there that only has to be recorded, or may be. */
  private boolean hasResult(Job orphan) {
    try {
      return !results.isFree(orphan.id());
    } catch (IOException e) { // the next attempt tells
      return true;
    }
  }

  private static Failure lost(Job orphan) {
    return new Failure(
        "worker-lost",
        ("The process that worked on this case ended, or was heard of no more, %s, at attempt %d. If that is so each time, the case takes the"
                + " process down with it: look for a lack of memory, and at the log.")
            .formatted(where(orphan), orphan.tries()));
  }

  private static String where(Job orphan) {
    return orphan.stage() == null
        ? "before its first stage ended"
        : "after the stage '%s'".formatted(orphan.stage());
  }
}
