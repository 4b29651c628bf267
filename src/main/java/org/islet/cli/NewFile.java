package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is written whole or not at all, and never over another. */
final class NewFile {

  /** Writes the content of a file. */
  interface Content {
    void writeTo(Path file) throws IOException;
  }

  private NewFile() {}

  /**
   * Writes a file, and its folder where there is none: under a hidden name first, and then renamed.
   *
   * @throws IOException if it could not be, or is there already
   */
  static void write(Path file, Content content) throws IOException {
    Path place = file.toAbsolutePath();
    Path part =
        place.resolveSibling(".%d-%s".formatted(ProcessHandle.current().pid(), file.getFileName()));
    Files.createDirectories(place.getParent());
    try {
      content.writeTo(part);
      Files.move(part, place);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
