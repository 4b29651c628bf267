package org.islet.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.islet.format.NiftiName;
import org.islet.format.NiftiReader;
import org.islet.volume.Mask;

/**
 * Which prediction belongs to which reference.
 *
 * <p>A case is a NIfTI file ({@code .nii}, {@code .nii.gz} or {@code .hdr}) among the references;
 * its name is the file's without extension. Its prediction is either a NIfTI file of the same name,
 * or a result folder of Islet: {@code mask.nii.gz} beside a {@code result.json} whose {@code
 * input.file} has the case's name, with or without the {@code _0000} that nnU-Net appends to the
 * CT's. Other files and folders are no predictions.
 *
 * @param pairs the cases that have one prediction, by name
 * @param problems the cases that have none or several, by name
 * @param unused the predictions that belong to no case
 */
public record Pairing(List<Pair> pairs, List<Problem> problems, List<Path> unused) {

  /**
   * A case's two masks.
   *
   * @param name the case
   * @param predictionLabel the value of the prediction's voxels that are inside
   * @param referenceLabel the value of the reference's voxels that are inside
   * @param warnings what the cards of the models that made the prediction warn of, by the model's
   *     id; empty where the prediction does not say
   */
  public record Pair(
      String name,
      Path prediction,
      int predictionLabel,
      Path reference,
      int referenceLabel,
      Map<String, String> warnings) {

    /**
     * Reads both masks and compares them.
     *
     * @throws IOException if a file is missing or cannot be read; the message names it
     * @throws IllegalArgumentException if the masks are not on one grid
     */
    CaseScores score(NiftiReader reader, Listener listener) throws IOException {
      Mask mask = read(reader, prediction, predictionLabel);
      Mask truth = read(reader, reference, referenceLabel);
      Scores.requireSameGrid(mask.geometry(), truth.geometry());
      CaseScores scores = CaseScores.of(name, Map.of(PREDICTION, mask), Map.of(), truth, warnings);
      listener.scored(scores, mask, truth);
      return scores;
    }

    private static Mask read(NiftiReader reader, Path file, int label) throws IOException {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(
            file + " is not there: the case failed or is still running. Run it again or wait.");
      }
      try {
        return reader.readMask(file, label);
      } catch (IOException e) {
        throw new IOException(file + " cannot be read: " + e.getMessage(), e);
      }
    }
  }

  /** What the one mask of each case is called in a report. */
  public static final String PREDICTION = "prediction";

  /** The names of all cases. */
  public List<String> names() {
    return Stream.concat(pairs.stream().map(Pair::name), problems.stream().map(Problem::name))
        .toList();
  }

  /** Sees the masks of a case that was scored. */
  public interface Listener {

    void scored(CaseScores scores, Mask prediction, Mask reference);
  }

  /** What scores each pair, by its name. */
  public Map<String, Evaluation.Scoring> scorings(NiftiReader reader, Listener listener) {
    Map<String, Evaluation.Scoring> scorings = new LinkedHashMap<>();
    pairs.forEach(pair -> scorings.put(pair.name(), () -> pair.score(reader, listener)));
    return scorings;
  }

  /**
   * Pairs the predictions in one folder with the references in another.
   *
   * @param label the organ's value in the references and in predictions that are plain files; in
   *     Islet's results it is always 1
   * @throws IOException if a folder or a {@code result.json} cannot be read
   */
  public static Pairing of(Path predictions, Path references, int label) throws IOException {
    Map<String, List<Path>> cases = new TreeMap<>();
    for (Path file : list(references)) {
      NiftiName.of(file).ifPresent(name -> add(cases, name, file));
    }
    Map<String, List<Prediction>> candidates = new TreeMap<>();
    List<Path> unused = new ArrayList<>();
    for (Path place : list(predictions)) {
      Optional<Prediction> prediction = Prediction.at(place, label);
      if (prediction.isPresent()) {
        prediction.get().caseNames().stream()
            .filter(cases::containsKey)
            .findFirst()
            .ifPresentOrElse(
                name -> add(candidates, name, prediction.get()), () -> unused.add(place));
      }
    }
    List<Pair> pairs = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    cases.forEach(
        (name, files) -> {
          List<Prediction> own = candidates.getOrDefault(name, List.of());
          if (files.size() == 1 && own.size() == 1) {
            Prediction p = own.get(0);
            pairs.add(new Pair(name, p.mask(), p.label(), files.get(0), label, p.warnings()));
          } else {
            problems.add(new Problem(name, whyUnpaired(files, own, predictions)));
          }
        });
    return new Pairing(pairs, problems, unused);
  }

  private static String whyUnpaired(List<Path> files, List<Prediction> own, Path predictions) {
    if (files.size() > 1) {
      return "%d references have this name, keep one: %s".formatted(files.size(), files);
    }
    return own.isEmpty()
        ? "there is no prediction for it in %s.".formatted(predictions)
        : "%d predictions are for it, keep one: %s"
            .formatted(own.size(), own.stream().map(Prediction::place).toList());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static <T> void add(Map<String, List<T>> lists, String name, T value) {
    lists.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }
}
