package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.islet.dataset.DataSet;
import org.islet.dataset.FolderDataSet;
import org.islet.dataset.PhantomDataSet;
import org.islet.format.NiftiReader;
import org.islet.train.Provenance;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a training learns from. */
final class DataOptions {

  private static final int LABEL = 1;
  private static final int PHANTOMS = 160;
  private static final long PHANTOM_SEED = 2019;
  private static final String LICENCE_OF_PHANTOMS = "Apache-2.0";
  private static final String LICENCE_OF_DATA = "NOASSERTION";

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
      description = "The organ's value in the labels of --data (default: " + LABEL + ").")
  private Integer label;

  @Option(
      names = "--other-labels",
      description =
          "Allows values in the labels of --data that are neither 0 nor the organ's: they are other"
              + " organs.")
  private boolean otherLabels;

  @Option(
      names = "--phantoms",
      paramLabel = "N",
      description = "How many phantoms, where there is no --data (default: " + PHANTOMS + ").")
  private Integer phantoms;

  @Option(
      names = "--phantom-seed",
      paramLabel = "S",
      description = "The series of phantoms (default: " + PHANTOM_SEED + ").")
  private Long phantomSeed;

  @Option(
      names = "--licence",
      paramLabel = "ID",
      description =
          "The models' licence for their cards, an SPDX identifier (default: "
              + LICENCE_OF_PHANTOMS
              + " of phantoms, "
              + LICENCE_OF_DATA
              + " of --data).")
  private String licence;

  @ArgGroup(validate = false)
  private PancreasesOption pancreases = new PancreasesOption();

  /**
   * The cases.
   *
   * @throws IllegalArgumentException if an option would do nothing, as --label for phantoms
   */
  DataSet dataSet() throws IOException {
    requireOfUse();
    return folder == null
        ? new PhantomDataSet(phantomSeed(), phantoms(), pancreases.read())
        : new FolderDataSet(
            folder,
            label == null ? LABEL : label,
            otherLabels ? FolderDataSet.OtherLabels.ALLOWED : FolderDataSet.OtherLabels.REFUSED,
            new NiftiReader(NiftiReader.AMPLE_BYTES));
  }

  private void requireOfUse() {
    if (folder == null && (label != null || otherLabels)) {
      throw new IllegalArgumentException(
          "--label and --other-labels are for the labels of --data; phantoms have none other than 1.");
    }
    if (folder != null && (phantoms != null || phantomSeed != null || pancreases.isGiven())) {
      throw new IllegalArgumentException(
          "--phantoms, --phantom-seed and --pancreases are for phantoms, which are made where there"
              + " is no --data.");
    }
  }

  private int phantoms() {
    return phantoms == null ? PHANTOMS : phantoms;
  }

  private long phantomSeed() {
    return phantomSeed == null ? PHANTOM_SEED : phantomSeed;
  }

  /** What the models' cards say of the data. */
  Provenance provenance(DataSet data) {
    return folder == null
        ? new Provenance(
            "%d phantoms of series %d%s"
                .formatted(phantoms(), phantomSeed(), pancreases.described()),
            OF_PHANTOMS,
            licence == null ? LICENCE_OF_PHANTOMS : licence)
        : new Provenance(
            "%d cases of a folder".formatted(data.ids().size()),
            OF_DATA,
            licence == null ? LICENCE_OF_DATA : licence);
  }
}
