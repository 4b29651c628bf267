package org.islet.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.islet.job.FailureText;

/**
 * Lets all probes look at the same time, each on a thread of its own that keeps no process alive,
 * and waits for none of them longer than it may take.
 */
final class Examination {

  private final List<Look> looks = new ArrayList<>();
  private final long start = System.nanoTime();

  private record Look(Probe probe, Duration patience, FutureTask<List<Finding>> task) {}

  /**
   * Begins.
   *
   * @param patience how long each probe may take, in place of what it says itself
   */
  Examination(List<Probe> probes, Optional<Duration> patience) {
    for (Probe probe : probes) {
      FutureTask<List<Finding>> task = new FutureTask<>(probe::look);
      looks.add(new Look(probe, patience.orElseGet(probe::patience), task));
      Thread thread = new Thread(task, "islet-doctor-" + probe.part());
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** What was found, in the order of the probes. */
  List<Finding> findings() throws InterruptedException {
    List<Finding> all = new ArrayList<>();
    for (Look look : looks) {
      all.addAll(findings(look));
    }
    return all;
  }

  private List<Finding> findings(Look look) throws InterruptedException {
    Probe probe = look.probe();
    long left = look.patience().toNanos() - (System.nanoTime() - start);
    try {
      return look.task().get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      look.task().cancel(true);
      String silence = "no answer in %d s".formatted(Math.max(1, look.patience().toSeconds()));
      return List.of(Finding.wrong(probe.part(), silence, probe.whenSilent()));
    } catch (ExecutionException e) {
      return List.of(
          Finding.wrong(
              probe.part(),
              "it cannot be looked at: " + FailureText.of(e.getCause()),
              "Mend that, and look again."));
    }
  }
}
