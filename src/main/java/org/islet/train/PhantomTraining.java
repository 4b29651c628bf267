package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.islet.dataset.LabelledCt;
import org.islet.dataset.PhantomDataSet;
import org.islet.dataset.PreparedCase;
import org.islet.evaluate.Overlap;
import org.islet.evaluate.Statistics;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelCard;
import org.islet.model.ModelStore;
import org.islet.stage.Network;
import org.islet.train.Training.Stage;

/**
 * Makes the bundled models: trains networks on phantoms, exports each with its card as the next
 * version, and measures it on phantoms that it did not see.
 *
 * @param trainings which networks, and how
 * @param phantoms how many to learn from
 * @param measured how many to measure on
 * @param phantomSeed of the series that they come from; those to measure on come from the next one
 */
public record PhantomTraining(
    List<Training> trainings, int phantoms, int measured, long phantomSeed) {

  private static final long INFERENCE_BYTES = 3L << 30;

  /** Native memory of a run per voxel, measured with the U-Net of 16 base channels. */
  private static final int BYTES_PER_VOXEL_AND_CHANNEL = 24;

  private static final String WARNING =
      "Trained on made-up phantoms only, for demonstration: its results on patients mean nothing.";

  /** Hears how far the work is. */
  public interface Progress {

    /**
     * @param made phantoms so far
     * @param of how many
     */
    void phantom(int made, int of);

    /**
     * @param step the first being 1
     * @param loss the Dice loss, averaged over the latest steps
     */
    void step(Training training, int step, double loss);
  }

  /**
   * Trains and exports.
   *
   * @param models the folder of models
   * @return the new versions' folders, in the order of the trainings
   * @throws IOException if one cannot be written
   */
  public List<Path> run(Path models, Progress progress) throws IOException {
    List<Map<Stage, PreparedCase>> cases = new ArrayList<>();
    addCases(cases, new PhantomDataSet(phantomSeed, phantoms), progress);
    addCases(cases, new PhantomDataSet(phantomSeed + 1, measured), progress);
    List<Path> versions = new ArrayList<>();
    for (Training training : trainings) {
      List<PreparedCase> all = cases.stream().map(c -> c.get(training.stage())).toList();
      LearntWeights weights =
          training.run(
              all.subList(0, phantoms), (step, loss) -> progress.step(training, step, loss));
      versions.add(export(models, training, weights, all.subList(phantoms, all.size())));
    }
    return versions;
  }

  private void addCases(
      List<Map<Stage, PreparedCase>> cases, PhantomDataSet series, Progress progress) {
    for (String id : series.ids()) {
      cases.add(ofEachStage(series.read(id)));
      progress.phantom(cases.size(), phantoms + measured);
    }
  }

  private Map<Stage, PreparedCase> ofEachStage(LabelledCt phantom) {
    Map<Stage, PreparedCase> cases = new EnumMap<>(Stage.class);
    trainings.forEach(t -> cases.put(t.stage(), t.stage().preparation().apply(phantom)));
    return cases;
  }

  private Path export(
      Path models, Training training, LearntWeights weights, List<PreparedCase> unseen)
      throws IOException {
    String name = "pancreas-" + training.stage().name().toLowerCase(Locale.ROOT);
    int version = 1;
    while (Files.exists(models.resolve(name).resolve(String.valueOf(version)))) {
      version++;
    }
    Path directory = models.resolve(name).resolve(String.valueOf(version));
    SavedModelExport.write(directory, training.architecture(), weights);
    Path card = directory.resolve("model.yaml");
    card(training, Map.of()).write(card);
    card(training, figures(models, name + "/" + version, unseen)).write(card);
    return directory;
  }

  private Map<String, Object> figures(Path models, String id, List<PreparedCase> unseen) {
    try (ModelStore store = new ModelStore(models, new InferenceMemory(INFERENCE_BYTES))) {
      Network network = store.get(id);
      double[] dsc =
          unseen.stream()
              .mapToDouble(c -> Overlap.dsc(network.segment(c.input()), c.truth()))
              .toArray();
      Statistics s = Statistics.of(dsc);
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("on", measured + " phantom(s) of series " + (phantomSeed + 1));
      all.put("dsc-mean", rounded(s.mean()));
      all.put("dsc-sd", rounded(s.sd()));
      all.put("dsc-min", rounded(s.min()));
      return all;
    }
  }

  private static double rounded(double value) {
    return Math.round(1e4 * value) / 1e4;
  }

  private ModelCard card(Training training, Map<String, Object> figures) {
    Architecture a = training.architecture();
    Map<String, Object> how = new LinkedHashMap<>();
    how.put("data", phantoms + " phantom(s) of series " + phantomSeed);
    how.put("seed", training.seed());
    how.put("steps", training.steps());
    how.put("learning-rate", training.learningRate());
    how.put("loss", "soft Dice");
    how.put("network", a.description());
    return new ModelCard(
        training.stage() == Stage.COARSE
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
