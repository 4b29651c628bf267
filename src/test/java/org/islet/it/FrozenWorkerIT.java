package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.islet.store.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers share a home and a PostgreSQL database. One is frozen in the middle of a case for
 * longer than its lease, the other takes over, and then the first wakes up.
 */
class FrozenWorkerIT {

  private static final int CASES = 8;
  private static final Pattern BEGUN = Pattern.compile("case (\\w+) running");

  @TempDir Path folder;

  @Test
  void a_case_of_a_frozen_worker_is_taken_over_and_the_worker_drops_it_when_it_wakes()
      throws Exception {
    try (PostgresServer postgres = PostgresServer.startOrSkip()) {
      Trial trial = new Trial(folder, CASES);
      Map<String, String> undisturbed = trial.undisturbed();
      Path home = Files.createDirectories(folder.resolve("home"));
      List<String> options =
          List.of(
              "-Dislet.queue.enabled=false",
              "-Dislet.store.url=" + postgres.newDatabase("islet").url(),
              "-Dislet.cases.lease=3s",
              "-Dislet.cases.at-once=1");
      try (ResultWatcher watcher = new ResultWatcher(home.resolve("results"));
          IsletProcess frozen = trial.serve(home, options)) {
        Trial.awaitStart(frozen);
        Trial.drop(trial.cts().get(0), home);
        String caseId = await().atMost(Trial.PATIENCE).until(() -> begun(frozen), id -> id != null);
        frozen.signal("STOP");
        assertTrue(!watcher.results().stream().anyMatch(r -> r.endsWith(caseId)), "it was over");
        try (IsletProcess other = trial.serve(home, options)) {
          Trial.awaitStart(other);
          for (Trial.Ct ct : trial.cts().subList(1, CASES)) {
            Trial.drop(ct, home);
          }
          await().atMost(Trial.PATIENCE).until(() -> watcher.results().size() == CASES);
          frozen.signal("CONT");
          await().atMost(Trial.PATIENCE).until(() -> frozen.err().contains("has taken it over"));
          trial.awaitAllDone(watcher, home);
          frozen.signal("TERM");
          assertEquals(143, frozen.exitCode());
        }
        assertEquals(List.of(), watcher.complaints());
        assertEquals(List.of(), Trial.differing(undisturbed, Trial.contents(watcher.results())));
        assertEquals(CASES, Trial.names(home.resolve("intake/done")).size());
      }
    }
  }

  private static String begun(IsletProcess islet) throws Exception {
    Matcher begun = BEGUN.matcher(islet.err());
    return begun.find() ? begun.group(1) : null;
  }
}
