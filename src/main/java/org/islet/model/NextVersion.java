package org.islet.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The number that a new model of a name gets. */
public final class NextVersion {

  private NextVersion() {}

  /**
   * Makes the folder of the next version, above all that there are, which no other process gets.
   *
   * @param name the folder of the name's versions, made if it is not there
   * @throws IOException if it cannot be made
   */
  public static Path in(Path name) throws IOException {
    Files.createDirectories(name);
    for (int number = newest(name) + 1; ; number++) {
      try {
        return Files.createDirectory(name.resolve(String.valueOf(number)));
      } catch (FileAlreadyExistsException e) {
        // another process was quicker
      }
    }
  }

  private static int newest(Path name) throws IOException {
    try (Stream<Path> versions = Files.list(name)) {
      return versions
          .map(version -> version.getFileName().toString())
          .filter(version -> version.matches("[0-9]{1,9}"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    }
  }
}
