package org.islet.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.islet.format.NiftiReader;
import org.islet.volume.Mask;

/** Reads pairs of masks, one pair at a time, and scores them. */
public final class Evaluation {

  private final NiftiReader reader;
  private final Consumer<String> progress;

  /**
   * @param progress is told a line about each case
   */
  public Evaluation(NiftiReader reader, Consumer<String> progress) {
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Scores each pair. Cases without a prediction and cases that cannot be read or compared are
   * among the report's problems.
   */
  public Report run(Pairing pairing) {
    List<CaseScores> cases = new ArrayList<>();
    List<Problem> problems = new ArrayList<>(pairing.problems());
    for (Pairing.Pair pair : pairing.pairs()) {
      progress.accept("%s: %s".formatted(pair.name(), pair.prediction()));
      try {
        Mask prediction = read(pair.prediction(), pair.predictionLabel());
        Mask reference = read(pair.reference(), pair.referenceLabel());
        cases.add(new CaseScores(pair.name(), Scores.of(prediction, reference)));
      } catch (IOException | IllegalArgumentException e) {
        problems.add(new Problem(pair.name(), e.getMessage()));
      }
    }
    return new Report(cases, problems);
  }

  private Mask read(Path file, int label) throws IOException {
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
