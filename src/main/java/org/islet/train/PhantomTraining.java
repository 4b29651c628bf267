package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.islet.evaluate.Overlap;
import org.islet.evaluate.Statistics;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelCard;
import org.islet.model.ModelStore;
import org.islet.stage.Network;

/**
 * Makes the bundled models: trains a network on phantoms, exports it with its card as the next
 * version, and measures it on phantoms that it did not see.
 *
 * @param training which network, and how
 * @param phantoms how many to learn from
 * @param phantomSeed of the series that they come from; those to measure on come from the next one
 */
public record PhantomTraining(Training training, int phantoms, long phantomSeed) {

  private static final int MEASURED = 8;
  private static final long INFERENCE_BYTES = 3L << 30;

  /** Native memory of a run per voxel, measured with the U-Net of 16 base channels. */
  private static final int BYTES_PER_VOXEL_AND_CHANNEL = 24;

  private static final String WARNING =
      "Trained on made-up phantoms only, for demonstration: its results on patients mean nothing.";

  /**
   * Trains and exports.
   *
   * @param models the folder of models
   * @return the new version's folder
   * @throws IOException if it cannot be written
   */
  public Path run(Path models, Training.Progress progress) throws IOException {
    PhantomCases learnt = new PhantomCases(phantomSeed);
    LearntWeights weights = training.run(cases(learnt, phantoms), progress);
    String name = "pancreas-" + training.stage().name().toLowerCase(java.util.Locale.ROOT);
    int version = 1;
    while (Files.exists(models.resolve(name).resolve(String.valueOf(version)))) {
      version++;
    }
    Path directory = models.resolve(name).resolve(String.valueOf(version));
    SavedModelExport.write(directory, training.architecture(), weights);
    card(Map.of()).write(directory.resolve("model.yaml"));
    card(measured(models, name + "/" + version)).write(directory.resolve("model.yaml"));
    return directory;
  }

  private List<TrainingCase> cases(PhantomCases series, int count) {
    return IntStream.range(0, count).mapToObj(series::at).map(training.stage()::caseOf).toList();
  }

  private Map<String, Object> measured(Path models, String id) {
    try (ModelStore store = new ModelStore(models, new InferenceMemory(INFERENCE_BYTES))) {
      Network network = store.get(id);
      double[] dsc =
          cases(new PhantomCases(phantomSeed + 1), MEASURED).stream()
              .mapToDouble(c -> Overlap.dsc(network.segment(c.input()), c.truth()))
              .toArray();
      Statistics s = Statistics.of(dsc);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("on", MEASURED + " phantoms of series " + (phantomSeed + 1));
      figures.put("dsc-mean", rounded(s.mean()));
      figures.put("dsc-sd", rounded(s.sd()));
      figures.put("dsc-min", rounded(s.min()));
      return figures;
    }
  }

  private static double rounded(double value) {
    return Math.round(1e4 * value) / 1e4;
  }

  private ModelCard card(Map<String, Object> figures) {
    Architecture a = training.architecture();
    Map<String, Object> how = new LinkedHashMap<>();
    how.put("data", phantoms + " phantoms of series " + phantomSeed);
    how.put("seed", training.seed());
    how.put("steps", training.steps());
    how.put("learning-rate", training.learningRate());
    how.put("loss", "soft Dice");
    how.put(
        "network",
        "3D U-Net, %d levels, %d base channels, batch normalisation folded"
            .formatted(a.levels(), a.baseChannels()));
    return new ModelCard(
        training.stage() == Training.Stage.COARSE
            ? "Finds the pancreas on a whole abdominal CT decimated by 4."
            : "Finds the pancreas on a crop of an abdominal CT at full resolution.",
        WARNING,
        "Apache-2.0",
        new ModelCard.Input("serving_default", SavedModelExport.INPUT, "NSARC", 0, 1, a.divisor()),
        new ModelCard.Output(
            SavedModelExport.OUTPUT, ModelCard.Kind.THRESHOLD, a.classes(), 0, 0.5f),
        new ModelCard.Memory(BYTES_PER_VOXEL_AND_CHANNEL * a.baseChannels(), a.receptiveRadius()),
        how,
        figures);
  }
}
