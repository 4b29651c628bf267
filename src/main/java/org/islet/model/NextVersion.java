package org.islet.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number that a new model of a name gets. */
public final class NextVersion {

  private NextVersion() {}

  /**
   * Makes the folder of the next version, above all that there are, which no other process gets.
   *
   * @param name the folder of the name's versions, made if it is not there
   * @throws IOException if it cannot be made
   * @throws IllegalArgumentException if the name's folder cannot be read
   */
  public static Path in(Path name) throws IOException {
    Files.createDirectories(name);
    int newest = ModelFolder.versions(name).stream().mapToInt(v -> v).max().orElse(0);
    for (int number = newest + 1; ; number++) {
      try {
        return Files.createDirectory(name.resolve(String.valueOf(number)));
      } catch (FileAlreadyExistsException e) {
        // another process was quicker
      }
    }
  }
}
