package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextVersionTest {

  @TempDir private Path folder;

  @Test
  void the_first_is_1_and_the_next_above_all_that_there_are() throws IOException {
    Path name = folder.resolve("models/organ");
    assertEquals(name.resolve("1"), NextVersion.in(name));
    Files.createDirectory(name.resolve("9"));
    Files.createDirectory(name.resolve("10"));
    assertEquals(name.resolve("11"), NextVersion.in(name));
    assertTrue(Files.isDirectory(name.resolve("11")));
  }

  @Test
  void what_is_no_version_does_not_count() throws IOException {
    for (String other : new String[] {"07", "1.5", "-3", "best", "1234567890"}) {
      Files.createDirectory(folder.resolve(other));
    }
    assertEquals(folder.resolve("1"), NextVersion.in(folder));
  }

  @Test
  void a_file_in_the_way_is_passed_by() throws IOException {
    Files.createFile(folder.resolve("1"));
    assertEquals(folder.resolve("2"), NextVersion.in(folder));
  }
}
