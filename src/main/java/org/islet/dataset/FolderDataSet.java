package org.islet.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.islet.format.InputRefusedException;
import org.islet.format.LabelImage;
import org.islet.format.NiftiName;
import org.islet.format.NiftiReader;
import org.islet.format.Sha256;
import org.islet.volume.Volume;

/**
 * A folder with CTs in {@code images/} and their labels in {@code labels/}, or, as nnU-Net has it,
 * in {@code imagesTr/} and {@code labelsTr/}. Both are NIfTI files ({@code .nii}, {@code .nii.gz}
 * or {@code .hdr}); other files are left alone.
 *
 * <p>A case is a label and the image of its name. An image may have nnU-Net's {@code _0000} after
 * the name.
 */
public final class FolderDataSet implements DataSet {

  /** What becomes of voxels that are neither 0 nor the organ's label. */
  public enum OtherLabels {
    /** They are a problem: the file may not be what it should be. */
    REFUSED,
    /** They are other organs, so outside this one. */
    ALLOWED
  }

  private static final int MOST_VALUES_NAMED = 8;

  private final FoundCases found;
  private final int label;
  private final OtherLabels otherLabels;
  private final NiftiReader reader;

  /**
   * Finds the cases by the names of their files.
   *
   * @param label the value of the organ's voxels
   * @throws DataSetProblemsException if the folder has none of the layouts or both, or no NIfTI
   *     file
   * @throws IOException if a folder cannot be read
   */
  public FolderDataSet(Path folder, int label, OtherLabels otherLabels, NiftiReader reader)
      throws IOException {
    this.found = FoundCases.in(folder);
    this.label = label;
    this.otherLabels = otherLabels;
    this.reader = reader;
  }

  @Override
  public List<String> ids() {
    return List.copyOf(found.pairs().keySet());
  }

  @Override
  public List<Problem> problems() {
    return List.copyOf(found.problems());
  }

  @Override
  public LabelledCt read(String id) throws IOException {
    FoundCases.Pair files = files(id);
    List<Problem> problems = new ArrayList<>();
    Optional<Volume> ct = read(files.image(), reader::readCt, problems);
    Optional<LabelImage> truth = read(files.label(), f -> reader.readLabel(f, label), problems);
    truth
        .flatMap(this::wrong)
        .ifPresent(reason -> problems.add(new Problem(files.label(), reason)));
    Optional<LabelledCt> labelled =
        ct.flatMap(volume -> truth.flatMap(t -> inRas(files, volume, t, problems)));
    if (!problems.isEmpty()) {
      throw new DataSetProblemsException(problems);
    }
    return labelled.orElseThrow();
  }

  /**
   * The file of a case's CT.
   *
   * @throws IllegalArgumentException if there is no such case
   */
  public Path image(String id) {
    return files(id).image();
  }

  private interface Reading<T> {
    T of(Path file) throws IOException;
  }

  private static <T> Optional<T> read(Path file, Reading<T> reading, List<Problem> problems)
      throws IOException {
    try {
      return Optional.of(reading.of(file));
    } catch (InputRefusedException e) {
      problems.add(new Problem(file, e.getMessage()));
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Optional<LabelledCt> inRas(
      FoundCases.Pair files, Volume ct, LabelImage truth, List<Problem> problems) {
    try {
      return Optional.of(LabelledCt.inRas(ct, truth.mask()));
    } catch (IllegalArgumentException e) {
      problems.add(
          new Problem(
              files.label(),
              ("it is not on the grid of its CT, %s. %s Resample the label to the CT, or mend the"
                      + " affine that is wrong.")
                  .formatted(files.image(), e.getMessage())));
      return Optional.empty();
    }
  }

  /** What is wrong with the values of a label file. */
  private Optional<String> wrong(LabelImage truth) {
    SortedSet<Double> others = truth.otherValues();
    if (truth.mask().isEmpty()) {
      return Optional.of(
          others.isEmpty()
              ? ("no voxel is %d, the organ's label; all are 0. Draw the organ, or take the case"
                      + " away.")
                  .formatted(label)
              : "no voxel is %d, the organ's label, but some are %s. Name the right label."
                  .formatted(label, listed(others)));
    }
    if (!others.isEmpty() && otherLabels == OtherLabels.REFUSED) {
      return Optional.of(
          ("besides 0 and %d, the organ's label, it holds %s. If these are other organs, allow"
                  + " other labels; if not, mend the file.")
              .formatted(label, listed(others)));
    }
    return Optional.empty();
  }

  private static String listed(SortedSet<Double> values) {
    String some =
        values.stream()
            .limit(MOST_VALUES_NAMED)
            .map(v -> v == Math.rint(v) ? String.valueOf(v.longValue()) : String.valueOf(v))
            .collect(Collectors.joining(", "));
    return values.size() <= MOST_VALUES_NAMED ? some : some + " and more";
  }

  /** Of the files' places, lengths and times of change, and of what is read from them. */
  @Override
  public String fingerprint(String id) throws IOException {
    FoundCases.Pair files = files(id);
    Sha256 digest = new Sha256().add("label %d, others %s\n".formatted(label, otherLabels));
    for (Path file : List.of(files.image(), files.label())) {
      String name = NiftiName.of(file).orElseThrow();
      for (String part : List.of(file.getFileName().toString(), name + ".img", name + ".img.gz")) {
        addTo(digest, file.resolveSibling(part));
      }
    }
    return digest.toHex();
  }

  private static void addTo(Sha256 digest, Path file) throws IOException {
    if (Files.exists(file)) {
      digest.add(
          "%s %d %s\n"
              .formatted(
                  file.toAbsolutePath().normalize(),
                  Files.size(file),
                  Files.getLastModifiedTime(file)));
    }
  }

  private FoundCases.Pair files(String id) {
    FoundCases.Pair files = found.pairs().get(id);
    if (files == null) {
      throw new IllegalArgumentException("There is no case " + id + " in the data set.");
    }
    return files;
  }
}
