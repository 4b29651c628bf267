package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.islet.dataset.Pancreases;
import org.islet.format.NiftiReader;
import picocli.CommandLine.Option;

/** After which pancreases a command's phantoms are made. */
final class PancreasesOption {

  @Option(
      names = "--pancreases",
      paramLabel = "MASKS",
      description =
          "A folder of NIfTI masks of real pancreases (1 is inside), on grids of their own: a"
              + " phantom's pancreas is one of them, turned, scaled and bent. To train, every other"
              + " one is; without this option, all are made up.")
  private Path folder;

  boolean isGiven() {
    return folder != null;
  }

  /** What is to be added to a description of the phantoms that train. */
  String described() {
    return folder == null ? "" : ", every other pancreas deformed from a real mask";
  }

  /**
   * Reads the masks, and tells on standard error how many, and which were left out.
   *
   * @throws IOException if the folder or a file cannot be read
   */
  Pancreases read() throws IOException {
    if (folder == null) {
      return Pancreases.NONE;
    }
    Pancreases found = Pancreases.in(folder, new NiftiReader(NiftiReader.AMPLE_BYTES));
    System.err.printf("Phantoms are made after %d masks of %s%n", found.masks().size(), folder);
    found.leftOut().forEach(problem -> System.err.println("Left out: " + problem));
    return found;
  }
}
