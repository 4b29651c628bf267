package org.islet.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.islet.job.Presence;
import org.islet.job.Workbench;
import org.junit.jupiter.api.Test;

/** What was begun when a service ended. */
class InboxRestartsTest extends InboxFixture {

  @Test
  void what_waits_when_the_service_stops_is_done_after_the_next_start() throws Exception {
    held = new CountDownLatch(1);
    start("", oneAtOnce(), 0);
    for (int number = 1; number <= 3; number++) {
      arrive("ct-" + number + ".nii", number);
    }
    await().atMost(SOON).until(() -> bench.store().listing().list(10, 10).size() == 3);
    context.stop();
    bench.workplace().stop();
    held.countDown();
    bench.close();
    start();
    awaitIn("done", "ct-1.nii", "ct-2.nii", "ct-3.nii");
    awaitNothingInProgress();
  }

  @Test
  void what_a_worker_had_claimed_that_is_gone_is_taken_up_at_once() throws Exception {
    Path inProgress = Files.createDirectories(intake.resolve("in-progress"));
    Presence.announce(inProgress, "gone", SOON).close();
    Files.createDirectories(inProgress.resolve("gone~1/sub"));
    Workbench.ct(inProgress.resolve("gone~1/sub/c.nii"), 1);
    Files.createDirectories(inProgress.resolve("gone~2/sub"));
    start();
    awaitIn("done", "sub/c.nii");
    assertEquals(List.of(1), taken);
    awaitNothingInProgress();
  }

  @Test
  void what_nobody_known_had_claimed_is_taken_up_after_a_lease() throws Exception {
    Path old = Files.createDirectories(intake.resolve("in-progress/claim-of-an-older-islet"));
    Workbench.ct(old.resolve("c.nii"), 1);
    start();
    awaitIn("done", "c.nii");
    awaitNothingInProgress();
  }

  @Test
  void what_a_worker_has_claimed_that_is_there_is_left_to_it() throws Exception {
    Path inProgress = Files.createDirectories(intake.resolve("in-progress"));
    try (Presence other = Presence.announce(inProgress, Presence.newWorker(), SOON);
        Stream<Path> files = Files.list(inProgress)) {
      String worker =
          files
              .findFirst()
              .orElseThrow()
              .getFileName()
              .toString()
              .replaceAll("^\\.|\\.worker$", "");
      Path claim = Files.createDirectories(inProgress.resolve(worker + "~1"));
      Workbench.ct(claim.resolve("c.nii"), 1);
      start();
      waitAWhile();
      other.touch();
      assertTrue(Files.exists(claim.resolve("c.nii")));
      assertEquals(List.of(), taken);
    }
  }
}
