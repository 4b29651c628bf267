package org.islet.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.islet.SmallDisk;
import org.islet.disk.Disk;
import org.islet.job.Workbench;
import org.junit.jupiter.api.Test;

/** Folders that come and go, and the disks that they are on. */
class InboxDisksTest extends InboxFixture {

  private static final String SIZE = "128k";

  @Test
  void folders_that_are_not_there_yet_are_made() throws Exception {
    Files.delete(in);
    Files.delete(intake);
    start();
    await().atMost(SOON).until(() -> Files.isDirectory(intake.resolve("failed")));
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
  }

  @Test
  void a_folder_that_cannot_be_made_yet_is_told_and_does_not_keep_the_service_from_starting()
      throws Exception {
    Files.delete(in);
    Files.delete(intake);
    Files.createSymbolicLink(intake, home.resolve("not mounted"));
    start();
    awaitLogged("takes nothing in");
    Files.delete(intake);
    Files.createDirectories(in);
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
  }

  @Test
  void a_folder_that_goes_away_in_the_middle_and_comes_back_loses_nothing() throws Exception {
    startWithOneAtWorkAndOneWaiting();
    Files.move(intake, home.resolve("away"));
    awaitLogged("it waits until they are back");
    assertFalse(Files.exists(intake), "nothing is made where the drive was");
    held.countDown();
    awaitLogged("cannot be answered now");
    Files.move(home.resolve("away"), intake);
    awaitLogged("takes CTs in again");
    arrive("c.nii", 3);
    await().atMost(SOON).until(() -> names("done").containsAll(List.of("a.nii", "c.nii")));
    await()
        .atMost(SOON)
        .until(() -> names("done").contains("b.nii") || names("failed").contains("b.nii/b.nii"));
    awaitNothingInProgress();
  }

  @Test
  void a_folder_that_is_away_is_shown_as_a_shut_door_until_it_is_back() throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    Files.move(in, home.resolve("away"));
    await().atMost(SOON).until(() -> !shutDoors().isEmpty());
    assertEquals(Map.of("folder", "'in' is not there; it waits until they are back"), shutDoors());
    Files.move(home.resolve("away"), in);
    await().atMost(SOON).until(() -> shutDoors().isEmpty());
    awaitLogged("takes CTs in again");
  }

  @Test
  void a_door_that_was_paused_while_its_folder_was_away_is_open_when_it_is_opened_and_not_before()
      throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    Files.move(in, home.resolve("away"));
    awaitLogged("it waits until they are back");
    bench.store().pauses().set("folder", Optional.of("maintenance"));
    Files.move(home.resolve("away"), in);
    awaitLogged("takes nothing in: it was paused (maintenance)");
    waitAWhile();
    assertEquals(List.of(), log.lines("in again"));
    assertEquals(Set.of("folder"), shutDoors().keySet());
    bench.store().pauses().set("folder", Optional.empty());
    awaitLogged("takes requests in again");
  }

  private Map<String, String> shutDoors() {
    return bench.workplace().gate().shutDoors();
  }

  @Test
  void folders_on_two_file_systems_are_told_once_and_nothing_is_taken() throws Exception {
    Path elsewhere = otherDisk();
    try {
      Path link = Files.createSymbolicLink(intake.resolve("in-progress"), elsewhere);
      start();
      arrive("a.nii", 1);
      awaitLogged("'in-progress' is on another file system");
      waitAWhile();
      assertEquals(1, log.lines("another file system").size());
      assertEquals(List.of("a.nii"), names("in"));
      Files.delete(link);
      Files.createDirectory(link);
      awaitIn("done", "a.nii");
    } finally {
      Files.delete(elsewhere);
    }
  }

  @Test
  void an_intake_on_another_disk_than_the_home_is_watched_like_any_other() throws Exception {
    Path elsewhere = otherDisk();
    try {
      Files.delete(in);
      Files.delete(intake);
      Files.createSymbolicLink(intake, elsewhere);
      start();
      await().atMost(SOON).until(() -> Files.isDirectory(in));
      arrive("sub/a.nii", 1);
      arrive("b.nii", BAD);
      awaitIn("done", "sub/a.nii");
      awaitReason("b.nii");
      awaitNothingInProgress();
    } finally {
      stop();
      Disk.delete(elsewhere);
    }
  }

  @Test
  void a_ct_that_cannot_be_moved_is_told_once_and_the_others_are_taken() throws Exception {
    Path mounted = Files.createDirectory(in.resolve("mounted"));
    SmallDisk disk = new SmallDisk(mounted, SIZE);
    try {
      arrive("mounted/a.nii", 1);
      start();
      awaitLogged("a CT of the folder cannot be taken in now");
      arrive("b.nii", 2);
      awaitIn("done", "b.nii");
      waitAWhile();
      assertEquals(1, log.lines("cannot be taken in now").size());
      assertEquals(List.of("mounted/a.nii"), names("in"));
      awaitNothingInProgress();
    } finally {
      stop();
      disk.close();
    }
  }

  @Test
  void a_subfolder_that_cannot_be_looked_into_is_told_once_and_all_else_is_taken()
      throws Exception {
    TooDeepFolder deep = new TooDeepFolder(in, home.resolve("aside"));
    try {
      start();
      arrive("a.nii", 1);
      awaitIn("done", "a.nii");
      awaitLogged("cannot be looked into");
      waitAWhile();
      List<String> told = log.lines("cannot be looked into");
      assertEquals(1, told.size());
      assertTrue(
          told.get(0)
              .endsWith(
                  "1 subfolder(s) in the folder cannot be looked into (FileSystemException: File name too"
                      + " long), and CTs there are not taken. Let the service's user read them."),
          told.get(0));
    } finally {
      stop();
      deep.bringUp();
    }
  }

  @Test
  void below_the_watermark_of_free_disk_nothing_is_taken_and_the_log_says_so() throws Exception {
    start("", Workbench.RULES, Long.MAX_VALUE / 2);
    arrive("a.nii", 1);
    awaitLogged("islet.intake.min-free");
    waitAWhile();
    assertEquals(List.of("a.nii"), names("in"));
    assertEquals(1, log.lines("islet.intake.min-free").size());
  }

  @Test
  void on_a_full_disk_a_case_waits_for_room_and_is_not_lost() throws Exception {
    Files.delete(in);
    SmallDisk disk = new SmallDisk(intake, SIZE);
    try {
      Files.createDirectory(in);
      arrive("a.nii", BAD);
      Path filler = disk.fill(".filler");
      start();
      awaitLogged("cannot be answered now");
      assertEquals(1, names("in-progress").stream().filter(n -> n.endsWith("a.nii")).count());
      Files.delete(filler);
      assertEquals("stage-failed", awaitReason("a.nii").at("/code").asText());
    } finally {
      stop();
      disk.close();
    }
  }

  /** A folder on another file system than the home. */
  private Path otherDisk() throws IOException {
    Path shm = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(home)),
        "there is no other file system here");
    return Files.createTempDirectory(shm, "islet");
  }
}
