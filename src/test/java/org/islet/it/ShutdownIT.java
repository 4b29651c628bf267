package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is asked to end by SIGTERM while a case is in work. */
class ShutdownIT {

  @TempDir Path folder;

  private Path home() throws Exception {
    return Files.createDirectories(folder.resolve("home"));
  }

  private IsletProcess serve(Trial trial, String grace) throws Exception {
    IsletProcess islet =
        trial.serve(home(), List.of("-Dislet.queue.enabled=false", "-Dislet.cases.grace=" + grace));
    Trial.awaitStart(islet);
    return islet;
  }

  private void endInTheMiddle(Trial trial, IsletProcess islet) throws Exception {
    Trial.drop(trial.cts().get(0), home());
    await().atMost(Trial.PATIENCE).until(() -> islet.err().contains("running (attempt 1)"));
    assertFalse(islet.err().contains("done:"), "it was over already");
    islet.signal("TERM");
    assertEquals(143, islet.exitCode());
  }

  @Test
  void a_case_that_can_end_within_the_grace_time_does() throws Exception {
    Trial trial = new Trial(folder, 1);
    try (IsletProcess islet = serve(trial, "60s")) {
      endInTheMiddle(trial, islet);
      assertTrue(islet.err().contains("done:"), islet.err());
    }
    assertEquals(1, Trial.names(home().resolve("results")).size());
    assertEquals(1, Trial.names(home().resolve("intake/done")).size());
  }

  @Test
  void a_case_that_cannot_is_put_back_and_begins_again_with_the_next_start() throws Exception {
    Trial trial = new Trial(folder, 1);
    try (IsletProcess islet = serve(trial, "0s")) {
      endInTheMiddle(trial, islet);
      assertTrue(islet.err().contains("put back"), islet.err());
    }
    assertEquals(0, Trial.names(home().resolve("results")).size());
    try (ResultWatcher watcher = new ResultWatcher(home().resolve("results"));
        IsletProcess islet = serve(trial, "0s")) {
      trial.awaitAllDone(watcher, home());
      assertTrue(islet.err().contains("running (attempt 2)"), islet.err());
      assertFalse(islet.err().contains("worker-lost"), islet.err());
      assertEquals(List.of(), watcher.complaints());
    }
  }

  @Test
  void a_service_that_is_asked_to_end_while_it_starts_ends_cleanly_and_loses_nothing()
      throws Exception {
    Trial trial = new Trial(folder, 1);
    Files.createDirectories(home().resolve("intake/in"));
    Trial.drop(trial.cts().get(0), home());
    for (int milliseconds : new int[] {500, 1500, 2500, 3500, 5000, 7000}) {
      try (IsletProcess islet = trial.serve(home(), List.of("-Dislet.cases.grace=0s"))) {
        Thread.sleep(milliseconds);
        islet.signal("TERM");
        long asked = System.nanoTime();
        assertEquals(143, islet.exitCode(), islet.err());
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, took + "\n" + islet.err());
        assertFalse(islet.err().contains("Exception"), islet.err());
        assertFalse(islet.err().contains("ERROR"), islet.err());
        assertFalse(islet.err().matches("(?s).*case \\w+ failed.*"), islet.err());
      }
    }
    try (ResultWatcher watcher = new ResultWatcher(home().resolve("results"));
        IsletProcess islet = trial.serve(home(), List.of())) {
      trial.awaitAllDone(watcher, home());
      assertFalse(islet.err().contains("worker-lost"), islet.err());
      assertEquals(Set.of(), Trial.names(home().resolve("intake/failed")));
      assertEquals(List.of(), watcher.complaints());
    }
  }
}
