package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxFoldersTest extends FoldersFixture {

  private Path elsewhere;

  @AfterEach
  void clear() throws IOException {
    if (elsewhere != null) {
      Files.deleteIfExists(elsewhere);
    }
  }

  @Test
  void folders_that_are_not_there_are_named() throws Exception {
    assertEquals(Optional.empty(), folders.missing());
    Files.delete(root.resolve("done"));
    assertEquals(Optional.of("'done' is"), folders.missing());
    Files.delete(root.resolve("in"));
    assertEquals(Optional.of("'in', 'done' are"), folders.missing());
  }

  @Test
  void folders_on_another_file_system_are_named() throws Exception {
    Path shm = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(root)),
        "there is no other file system here");
    assertEquals(Optional.empty(), folders.apart());
    Path place = root.resolve("done");
    Files.delete(place);
    elsewhere = Files.createTempDirectory(shm, "islet");
    Files.createSymbolicLink(place, elsewhere);
    assertEquals(Optional.of("'done' is"), folders.apart());
  }
}
