package org.islet.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.islet.dataset.PreparedCase;
import org.islet.evaluate.IsolatedFalsePositives;
import org.islet.evaluate.Overlap;
import org.islet.evaluate.Statistics;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelCard;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.stage.Network;
import org.islet.volume.Mask;

/**
 * Models as a training writes them: a SavedModel and its card.
 *
 * @param training how the network was trained
 * @param provenance where the models come from
 */
record TrainedModel(Training training, Provenance provenance) {

  static final long INFERENCE_BYTES = 3L << 30;

  /** Native memory of a run per voxel, measured with the U-Net of 16 base channels. */
  static final int BYTES_PER_VOXEL_AND_CHANNEL = 24;

  /**
   * Writes a model, in place of one that is there.
   *
   * @param version the model's folder, {@code NAME/VERSION}
   * @param measured its figures by name
   */
  void write(Path version, LearntWeights weights, Map<String, Object> measured) throws IOException {
    SavedModelExport.write(version, training.architecture(), weights);
    card(measured).write(version.resolve(ModelCard.FILE));
  }

  /**
   * Runs a model on each case as a route runs it, and compares with the truth.
   *
   * @param version the model's folder, {@code NAME/VERSION}
   * @param stop whether to stop, asked before each case
   * @throws CancellationException if it was to stop
   */
  static Validation validate(Path version, List<PreparedCase> cases, BooleanSupplier stop) {
    Path name = version.getParent();
    try (ModelStore store = new ModelStore(name.getParent(), new InferenceMemory(INFERENCE_BYTES));
        OpenModels models = store.open()) {
      Network network = models.get(name.getFileName() + "/" + version.getFileName());
      double[] dsc = new double[cases.size()];
      double[] isolated = new double[cases.size()];
      for (int i = 0; i < dsc.length; i++) {
        if (stop.getAsBoolean()) {
          throw new CancellationException();
        }
        Mask truth = cases.get(i).truth();
        Mask found = network.segment(cases.get(i).input());
        dsc[i] = Overlap.dsc(found, truth);
        isolated[i] = IsolatedFalsePositives.of(found, truth).count();
      }
      return new Validation(Statistics.of(dsc), Statistics.of(isolated));
    }
  }

  ModelCard card(Map<String, Object> measured) {
    Architecture a = training.architecture();
    Training.CentreLoss centre = training.centre();
    Map<String, Object> how = new LinkedHashMap<>();
    how.put("data", provenance.data());
    how.put("seed", training.seed());
    how.put("steps", training.steps());
    how.put("learning-rate", training.learningRate());
    how.put(
        "loss",
        centre.lambda() == 0
            ? "soft Dice"
            : "soft Dice + %s · centre loss for %d epochs"
                .formatted(centre.lambda(), centre.epochs()));
    how.put("network", a.description());
    return new ModelCard(
        "Finds the organ on %s.".formatted(training.preparation().description()),
        provenance.warning(),
        provenance.licence(),
        new ModelCard.Input("serving_default", SavedModelExport.INPUT, "NSARC", 0, 1, a.divisor()),
        new ModelCard.Output(
            SavedModelExport.OUTPUT, ModelCard.Kind.THRESHOLD, a.classes(), 0, 0.5f),
        null,
        new ModelCard.Memory(BYTES_PER_VOXEL_AND_CHANNEL * a.baseChannels(), a.receptiveRadius()),
        new ModelCard.Work(a.flopPerVoxel()),
        how,
        measured);
  }
}
