package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.islet.dataset.DataSet;
import org.islet.dataset.FolderDataSet;
import org.islet.dataset.PhantomDataSet;
import org.islet.format.NiftiReader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a training learns from. */
final class DataOptions {

  private static final String OF_PHANTOMS =
      "Trained on made-up phantoms only, for demonstration: its results on patients mean nothing.";

  private static final String OF_DATA =
      "Research software, not a medical device: check its results on data of your own.";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A folder of CTs and labels: images/ and labels/, or imagesTr/ and labelsTr/. Without it,"
              + " phantoms are made.")
  private Path folder;

  @Option(
      names = "--label",
      paramLabel = "N",
      description = "The organ's value in the labels (default: ${DEFAULT-VALUE}).")
  private int label = 1;

  @Option(
      names = "--other-labels",
      description = "Allows values that are neither 0 nor the organ's: they are other organs.")
  private boolean otherLabels;

  @Option(
      names = "--phantoms",
      paramLabel = "N",
      description = "How many phantoms, where there is no --data (default: ${DEFAULT-VALUE}).")
  private int phantoms = 160;

  @Option(
      names = "--phantom-seed",
      paramLabel = "S",
      description = "The series of phantoms (default: ${DEFAULT-VALUE}).")
  private long phantomSeed = 2019;

  @ArgGroup(validate = false)
  private PancreasesOption pancreases = new PancreasesOption();

  DataSet dataSet() throws IOException {
    return folder == null
        ? new PhantomDataSet(phantomSeed, phantoms, pancreases.read())
        : new FolderDataSet(
            folder,
            label,
            otherLabels ? FolderDataSet.OtherLabels.ALLOWED : FolderDataSet.OtherLabels.REFUSED,
            new NiftiReader(NiftiReader.AMPLE_BYTES));
  }

  /** The data in words, for the models' cards. */
  String described(DataSet data) {
    return folder == null
        ? "%d phantoms of series %d%s".formatted(phantoms, phantomSeed, pancreases.described())
        : "%d cases of a folder".formatted(data.ids().size());
  }

  /** What a reader of the models' results must know. */
  String warning() {
    return folder == null ? OF_PHANTOMS : OF_DATA;
  }
}
