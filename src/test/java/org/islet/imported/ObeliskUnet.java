package org.islet.imported;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.islet.format.NiftiReader;
import org.islet.volume.Volume;

/** A real network of others, with a real input and what the original answers. */
public final class ObeliskUnet {

  public static final Path ARCHITECTURE = Path.of("examples/architectures/obelisk-unet.yaml");
  public static final Path FOLDER = Path.of("../shared/data/obelisk-unet");
  public static final Path WEIGHTS = FOLDER.resolve("weights-fold1.npz");
  public static final int CLASSES = 9;

  /** A voxel of the input and the original's answer for it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Logits(int i, int j, int k, float[] values) {}

  private ObeliskUnet() {}

  /** Skips the test where the data is absent. */
  public static void needsData() {
    assumeTrue(Files.isDirectory(FOLDER), "there is no " + FOLDER);
  }

  /**
   * Makes a model of it.
   *
   * @return the version's folder
   */
  public static Path importInto(Path models) throws IOException {
    return NetworkImport.read(ARCHITECTURE, WEIGHTS, null).write(models.resolve("obelisk-unet"));
  }

  public static Volume input() throws IOException {
    return new NiftiReader(1L << 30).readCt(FOLDER.resolve("golden-input.nii.gz"));
  }

  /** The class that the original gives each voxel, in the order of the input's file. */
  public static Volume classes() throws IOException {
    return new NiftiReader(1L << 30).readCt(FOLDER.resolve("golden-argmax.nii.gz"));
  }

  public static List<Logits> logits() throws IOException {
    return Files.readAllLines(FOLDER.resolve("golden-logits.csv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(","))
        .map(ObeliskUnet::logits)
        .toList();
  }

  private static Logits logits(String[] row) {
    float[] values = new float[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      values[c] = Float.parseFloat(row[3 + c]);
    }
    int[] at = Arrays.stream(row).limit(3).mapToInt(Integer::parseInt).toArray();
    return new Logits(at[0], at[1], at[2], values);
  }
}
