package org.islet.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.islet.ChildJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

  @TempDir Path folder;
  private Path file;

  /** A process that tries to take a lock, says whether it has it, and keeps it. */
  public static final class Other {
    public static void main(String[] arguments) throws IOException {
      Optional<ProcessLock> lock = ProcessLock.makeOrTake(Path.of(arguments[0]));
      System.out.println(lock.isPresent());
      while (System.in.read() >= 0) {}
    }
  }

  @BeforeEach
  void name() {
    file = folder.resolve("lock");
  }

  private String otherHas() throws IOException {
    try (ChildJvm other = ChildJvm.start(Other.class, file)) {
      return other.line();
    }
  }

  @Test
  void a_lock_that_was_asked_for_a_second_time_here_is_still_held_against_others()
      throws Exception {
    ProcessLock lock = ProcessLock.makeOrTake(file).orElseThrow();
    assertEquals(Optional.empty(), ProcessLock.makeOrTake(file));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    assertEquals(Optional.empty(), ProcessLock.take(link.resolve("lock")));
    assertEquals("false", otherHas());
    lock.close();
    assertEquals("true", otherHas());
  }

  @Test
  void locks_of_the_same_name_in_two_folders_are_two() throws Exception {
    Path second = Files.createDirectory(folder.resolve("second")).resolve("lock");
    assertTrue(ProcessLock.makeOrTake(file).isPresent());
    assertTrue(ProcessLock.makeOrTake(second).isPresent());
  }

  @Test
  void a_lock_is_free_when_the_process_that_had_it_was_killed() throws Exception {
    try (ChildJvm other = ChildJvm.start(Other.class, file)) {
      assertEquals("true", other.line());
      assertEquals(Optional.empty(), ProcessLock.take(file));
      other.kill();
      assertTrue(ProcessLock.take(file).isPresent());
    }
  }

  @Test
  void what_is_to_be_made_must_not_be_there_and_what_is_to_be_taken_must() throws Exception {
    assertThrows(NoSuchFileException.class, () -> ProcessLock.take(file));
    ProcessLock.make(file).orElseThrow().close();
    assertThrows(FileAlreadyExistsException.class, () -> ProcessLock.make(file));
  }
}
