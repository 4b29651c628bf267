package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.islet.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk that holds all of a home is filled while CTs are in work, and emptied again, several
 * times.
 */
class FullDiskIT {

  private static final int CASES = 8;
  private static final long[] MILLISECONDS_FULL = {300, 3000, 700, 1500};
  private static final long BETWEEN_MS = 250;

  @TempDir Path folder;

  @Test
  void cases_wait_while_the_disk_is_full_and_end_when_it_is_not() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    try (SmallDisk disk = new SmallDisk(home, "64m")) {
      Trial trial = new Trial(folder, CASES);
      Map<String, String> undisturbed = trial.undisturbed();
      List<String> options =
          List.of(
              "-Dislet.queue.enabled=false",
              "-Dislet.intake.min-free=2M",
              "-Dislet.cases.retries=20",
              "-Dislet.cases.retry-pause=200ms");
      try (ResultWatcher watcher = new ResultWatcher(home.resolve("results"));
          IsletProcess islet = trial.serve(home, options)) {
        Trial.awaitStart(islet);
        for (Trial.Ct ct : trial.cts()) {
          Trial.drop(ct, home);
        }
        await().atMost(Trial.PATIENCE).until(() -> islet.err().contains("running"));
        for (long full : MILLISECONDS_FULL) {
          Path ballast = disk.fill("ballast");
          Thread.sleep(full);
          assertTrue(islet.isAlive());
          assertEquals(List.of(), Trial.names(home.resolve("intake/failed")).stream().toList());
          Files.delete(ballast);
          Thread.sleep(BETWEEN_MS);
        }
        trial.awaitAllDone(watcher, home);
        assertEquals(List.of(), watcher.complaints());
        assertEquals(List.of(), Trial.differing(undisturbed, Trial.contents(watcher.results())));
      }
    }
  }
}
