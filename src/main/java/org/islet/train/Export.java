package org.islet.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.islet.format.WholeFile;

/**
 * Makes a trained model the next version of its name, once: a file, the record, says which version
 * it became. It is written before the version is there, so that a process that dies in between
 * leaves none that the record does not know.
 *
 * @param record the file
 */
record Export(Path record) {

  /**
   * @param network the folder of a network and fold
   */
  static Export in(Path network) {
    return new Export(network.resolve("exported"));
  }

  /** The version that the model became, if it is there. */
  Optional<Path> version() throws IOException {
    if (!Files.exists(record)) {
      return Optional.empty();
    }
    return Optional.of(Path.of(Files.readString(record))).filter(Files::exists);
  }

  /**
   * Copies a model to its next version.
   *
   * @param model its folder
   * @param name the folder of the name's versions, made if it is not there
   * @return the version's folder
   * @throws IOException if it cannot be written, as when the disk is full; there is no version then
   */
  Path of(Path model, Path name) throws IOException {
    Path part = name.resolve(".part");
    for (String file : List.of("saved_model.pb", "model.yaml")) {
      WholeFile.write(part.resolve(file), Files.readAllBytes(model.resolve(file)));
    }
    int number = 1;
    while (Files.exists(name.resolve(String.valueOf(number)))) {
      number++;
    }
    Path version = name.resolve(String.valueOf(number));
    WholeFile.write(record, version.toString().getBytes(StandardCharsets.UTF_8));
    return Files.move(part, version);
  }
}
