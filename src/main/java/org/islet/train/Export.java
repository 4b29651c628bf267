package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.islet.format.WholeFile;
import org.islet.model.ModelCard;
import org.islet.model.NextVersion;
import org.islet.model.SavedModelFile;

/**
 * Makes a trained model the next version of its name, once: a file, the record, says which version
 * it became. It is written before the version is whole, so that a process that dies in between goes
 * on with the same one.
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
    return recorded().filter(version -> Files.exists(version.resolve(SavedModelFile.NAME)));
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
    // What makes a folder a version is written last.
    for (String file : List.of(ModelCard.FILE, SavedModelFile.NAME)) {
      WholeFile.write(version.resolve(file), Files.readAllBytes(model.resolve(file)));
    }
    return version;
  }

  private Path recordedNext(Path name) throws IOException {
    Path version = NextVersion.in(name);
    try {
      WholeFile.write(record, version.toString());
    } catch (IOException e) {
      Files.delete(version);
      throw e;
    }
    return version;
  }
}
