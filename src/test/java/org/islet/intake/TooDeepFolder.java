package org.islet.intake;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/**
 * A folder within subfolders so deep that nobody can look into it, root neither: its path is longer
 * than the system takes. It must be brought up again to be deleted.
 */
final class TooDeepFolder {

  private static final String NAME = "n".repeat(255);
  private static final String EIGHT = String.join("/", Collections.nCopies(8, NAME));

  private final Path up;
  private final Path down;

  /**
   * @param aside on the same disk, not there yet
   */
  TooDeepFolder(Path within, Path aside) throws IOException {
    this.up = aside;
    this.down = within.resolve(EIGHT).resolve(NAME);
    Files.createDirectories(aside.resolve(EIGHT));
    Files.createDirectories(down.getParent());
    Files.move(up, down);
    assumeTrue(isTooDeep(), "this system takes paths of any length");
  }

  private boolean isTooDeep() {
    return !Files.exists(down.resolve(EIGHT));
  }

  void bringUp() throws IOException {
    Files.move(down, up);
  }
}
