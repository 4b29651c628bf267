package org.islet.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.format.WholeFile;

/**
 * Makes a trained model the next version of its name, once: a file, the record, says which version
 * it became. It is written before the version is whole, so that a process that dies in between goes
 * on with the same one.
 *
 * @param record the file
 */
record Export(Path record) {

  /** What makes a folder a version; so it is written last. */
  private static final String MODEL = "saved_model.pb";

  /**
   * @param network the folder of a network and fold
   */
  static Export in(Path network) {
    return new Export(network.resolve("exported"));
  }

  /** The version that the model became, if it is there. */
  Optional<Path> version() throws IOException {
    return recorded().filter(version -> Files.exists(version.resolve(MODEL)));
  }

  private Optional<Path> recorded() throws IOException {
    return Files.exists(record) ? Optional.of(Path.of(Files.readString(record))) : Optional.empty();
  }

  /**
   * Copies a model to its next version, above all that there are.
   *
   * @param model its folder
   * @param name the folder of the name's versions, made if it is not there
   * @return the version's folder
   * @throws IOException if it cannot be written, as when the disk is full; there is no version then
   */
  Path of(Path model, Path name) throws IOException {
    Optional<Path> begun = recorded().filter(Files::isDirectory);
    Path version = begun.isPresent() ? begun.get() : recordedNext(name.toAbsolutePath());
    for (String file : List.of("model.yaml", MODEL)) {
      WholeFile.write(version.resolve(file), Files.readAllBytes(model.resolve(file)));
    }
    return version;
  }

  private Path recordedNext(Path name) throws IOException {
    Path version = next(name);
    try {
      WholeFile.write(record, version.toString());
    } catch (IOException e) {
      Files.delete(version);
      throw e;
    }
    return version;
  }

  /** Makes the folder of the next version, which no other process gets. */
  private static Path next(Path name) throws IOException {
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
