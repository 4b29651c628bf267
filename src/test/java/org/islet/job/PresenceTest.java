package org.islet.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.islet.ChildJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {

  private static final Duration LEASE = Duration.ofMillis(300);

  /** What would be the name of a worker on another machine. */
  private static final String ELSEWHERE = "elsewhere.1.00000000";

  @TempDir Path folder;
  private Presence own;

  /** Shows a worker in a folder until it is killed. */
  public static final class Holder {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      String worker = Presence.newWorker();
      try (Presence presence = Presence.announce(folder, worker, LEASE)) {
        presence.touch();
        System.out.println(worker);
        while (System.in.read() >= 0) {}
      }
    }
  }

  @BeforeEach
  void announce() throws IOException {
    own = Presence.announce(folder, Presence.newWorker(), LEASE);
  }

  @AfterEach
  void close() throws IOException {
    own.close();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private Path file(String worker) {
    return folder.resolve("." + worker + ".worker");
  }

  @Test
  void no_two_workers_have_one_name_and_it_is_fit_for_a_file() {
    String name = Presence.newWorker();
    assertNotEquals(name, Presence.newWorker());
    assertTrue(name.matches("[A-Za-z0-9-]{1,80}\\.\\d+\\.[0-9a-f]{8}"), name);
  }

  @Test
  void a_worker_in_another_process_is_there_until_that_is_killed() throws Exception {
    try (ChildJvm other = ChildJvm.start(Holder.class, folder)) {
      String worker = other.line();
      assertFalse(own.isGone(worker));
      assertFalse(own.isAbsent(worker));
      await().pollDelay(LEASE.plus(LEASE)).until(() -> true); // it does not touch its file
      assertFalse(own.isGone(worker));
      other.kill();
      assertTrue(own.isGone(worker));
      assertTrue(own.isLost(worker));
      own.tidy();
      assertTrue(own.isGone(worker), "its file stays, for others to see");
    }
  }

  @Test
  void a_worker_that_has_ended_is_gone_at_once() throws Exception {
    try (ChildJvm other = ChildJvm.start(Holder.class, folder)) {
      String worker = other.line();
      assertEquals(0, other.end());
      assertTrue(own.isGone(worker));
    }
  }

  @Test
  void a_worker_on_another_machine_is_gone_when_it_did_not_touch_its_file_for_a_lease()
      throws Exception {
    Files.createFile(file(ELSEWHERE));
    assertFalse(own.isGone(ELSEWHERE));
    for (int i = 0; i < 4; i++) {
      Thread.sleep(LEASE.toMillis() / 2);
      Files.setLastModifiedTime(file(ELSEWHERE), FileTime.fromMillis(1000L * i));
      assertFalse(own.isGone(ELSEWHERE), "touched by a clock that is wrong");
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> own.isGone(ELSEWHERE));
  }

  @Test
  void a_worker_that_is_absent_is_lost_after_a_lease_and_not_before() {
    assertTrue(own.isAbsent(ELSEWHERE));
    assertFalse(own.isGone(ELSEWHERE));
    assertFalse(own.isLost(ELSEWHERE));
    await().atMost(Duration.ofSeconds(5)).until(() -> own.isLost(ELSEWHERE));
  }

  @Test
  void nobody_is_lost_while_the_folder_is_away() throws Exception {
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    assertFalse(own.isAbsent(ELSEWHERE));
    assertFalse(own.isLost(ELSEWHERE));
    own.touch();
    Files.move(away, folder);
  }

  @Test
  void a_file_that_was_taken_away_comes_back() throws Exception {
    Files.delete(files().get(0));
    own.touch();
    assertEquals(1, files().size());
  }

  @Test
  void files_of_workers_that_are_gone_for_long_are_taken_away() throws Exception {
    Presence old = Presence.announce(folder, ELSEWHERE, LEASE);
    Instant longAgo = Instant.now().minus(Duration.ofHours(2));
    Files.setLastModifiedTime(file(ELSEWHERE), FileTime.from(longAgo));
    own.tidy();
    assertEquals(2, files().size(), "it is not gone");
    old.close();
    own.tidy();
    assertEquals(2, files().size(), "it is not gone for long");
    Files.setLastModifiedTime(file(ELSEWHERE), FileTime.from(longAgo));
    own.tidy();
    assertEquals(1, files().size());
  }

  @Test
  void one_is_never_gone_to_oneself() throws Exception {
    String self = files().get(0).getFileName().toString().replaceAll("^\\.|\\.worker$", "");
    assertFalse(own.isGone(self));
    assertFalse(own.isLost(self));
  }
}
