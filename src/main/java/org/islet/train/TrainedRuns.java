package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.islet.dataset.Folds;

/**
 * The networks of a cross-validation, which one {@link TrainingRun} trained, or several with the
 * same split: one for each network, or for each fold.
 *
 * @param folders of the runs
 * @param split which cases are in which fold
 */
public record TrainedRuns(List<Path> folders, Folds split) {

  private static final String SPLIT = "split.json";

  /**
   * Reads runs' folders.
   *
   * @param folders one or more
   * @throws IllegalArgumentException if one is no run, or has another split than the first
   * @throws IOException if one cannot be read
   */
  public static TrainedRuns in(List<Path> folders) throws IOException {
    Path first = folders.get(0);
    Folds split = readSplit(first);
    for (Path other : folders.subList(1, folders.size())) {
      if (!readSplit(other).folds().equals(split.folds())) {
        throw new IllegalArgumentException(
            "%s and %s have not the same split, so a network of one may have learnt from cases that the other left out. Train with --split %s."
                .formatted(first, other, split(first)));
      }
    }
    return new TrainedRuns(List.copyOf(folders), split);
  }

  /**
   * The model that a network became.
   *
   * @param fold that was left out, the first being 0
   * @return the folder of its version; nothing if it is not trained, or no longer there
   * @throws IllegalArgumentException if two runs trained it
   */
  public Optional<Path> version(Training.Stage stage, int fold) throws IOException {
    List<Path> versions = new ArrayList<>();
    for (Path folder : folders) {
      Export.in(network(folder, stage, fold)).version().ifPresent(versions::add);
    }
    if (versions.size() > 1) {
      throw new IllegalArgumentException(
          "The %s network with fold %d left out was trained in two runs, and is %s and %s. Leave out one of the runs."
              .formatted(stage.title(), fold, versions.get(0), versions.get(1)));
    }
    return versions.stream().findFirst();
  }

  private static Folds readSplit(Path folder) throws IOException {
    Path split = split(folder);
    if (!Files.exists(split)) {
      throw new IllegalArgumentException(
          "%s is no run of ./islet train: it holds no %s.".formatted(folder, SPLIT));
    }
    return Folds.read(split);
  }

  static Path split(Path folder) {
    return folder.resolve(SPLIT);
  }

  /** The folder of a network, in a run's. */
  static Path network(Path folder, Training.Stage stage, int fold) {
    return folder.resolve(stage.title()).resolve("fold-" + fold);
  }
}
