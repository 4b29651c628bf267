package org.islet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderProbeTest {

  private static final long ENDLESS = 1L << 60;

  @TempDir private Path home;

  private Finding found(Path folder, Path beside, long minFree) throws IOException {
    return new FolderProbe("results", folder, beside, minFree).look().get(0);
  }

  @Test
  void inputs_need_only_be_read() throws IOException {
    assertEquals(Finding.ok("inputs", home + " can be read"), new InputsProbe(home).look().get(0));
    assertEquals(Verdict.WRONG, new InputsProbe(home.resolve("away")).look().get(0).verdict());
  }

  private Finding found(String name) throws IOException {
    return found(home.resolve(name), home.resolve(name), 1);
  }

  @Test
  void a_folder_with_room_is_ok() throws IOException {
    Finding found = found(".");
    assertEquals(Verdict.OK, found.verdict());
    assertTrue(found.said().matches(".*, \\d+ MiB free"), found.said());
  }

  @Test
  void one_that_the_service_can_make_is_to_be_known_and_not_made() throws IOException {
    assertEquals(
        Finding.note(
            "results",
            home.resolve("new/results") + " is not there yet",
            "The service makes it when it needs it."),
        found("new/results"));
    assertTrue(Files.notExists(home.resolve("new")));
  }

  @Test
  void one_that_cannot_be_made_below_a_file_is_wrong() throws IOException {
    Files.writeString(home.resolve("file"), "");
    assertEquals(Verdict.WRONG, found("file/results").verdict());
    assertEquals(home.resolve("file") + " is no folder", found("file").said());
  }

  @Test
  void one_that_may_not_be_written_is_wrong() throws IOException {
    Path locked = Files.createDirectory(home.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(locked), "This user may write everything.");
    assertEquals(
        Finding.wrong(
            "results",
            locked + " may not be read and written by this user",
            "Give the service's user leave to do both."),
        found("locked"));
  }

  @Test
  void one_on_another_file_system_than_it_must_share_is_wrong() throws IOException {
    Path other = Path.of("/dev/shm");
    assumeFalse(
        !Files.isDirectory(other) || Files.getFileStore(other).equals(Files.getFileStore(home)),
        "There is no second file system at /dev/shm.");
    assertEquals(
        "%s is on another file system than %s".formatted(home, other),
        found(home, other, 1).said());
  }

  @Test
  void too_little_room_is_wrong_and_says_how_much_there_must_be() throws IOException {
    Finding found = found(home, home, ENDLESS);
    assertEquals(Verdict.WRONG, found.verdict());
    assertTrue(
        found.said().endsWith("less than islet.intake.min-free (%d MiB)".formatted(ENDLESS >> 20)),
        found.said());
  }
}
