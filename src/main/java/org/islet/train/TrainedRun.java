package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.islet.dataset.Folds;

/**
 * What a {@link TrainingRun} trained.
 *
 * @param folder of the run
 * @param split which cases are in which fold
 */
public record TrainedRun(Path folder, Folds split) {

  private static final String SPLIT = "split.json";

  /**
   * Reads a run's folder.
   *
   * @throws IllegalArgumentException if it is none
   * @throws IOException if it cannot be read
   */
  public static TrainedRun in(Path folder) throws IOException {
    Path split = split(folder);
    if (!Files.exists(split)) {
      throw new IllegalArgumentException(
          "%s is no run of ./islet train: it holds no %s.".formatted(folder, SPLIT));
    }
    return new TrainedRun(folder, Folds.read(split));
  }

  /**
   * The model that a network became.
   *
   * @param fold that was left out, the first being 0
   * @return the folder of its version; nothing if it is not trained, or no longer there
   */
  public Optional<Path> version(Training.Stage stage, int fold) throws IOException {
    return Export.in(network(folder, stage, fold)).version();
  }

  static Path split(Path folder) {
    return folder.resolve(SPLIT);
  }

  /** The folder of a network, in a run's. */
  static Path network(Path folder, Training.Stage stage, int fold) {
    return folder.resolve(stage.title()).resolve("fold-" + fold);
  }
}
