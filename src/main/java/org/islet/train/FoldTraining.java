package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.islet.dataset.PreparedCase;
import org.islet.evaluate.Statistics;
import org.islet.model.ModelCard;
import org.islet.train.Epochs.Epoch;

/**
 * One network trained on all folds but one, in a folder of its own: {@code checkpoint}, {@code
 * epochs.csv} and {@code curves.svg}, event files for TensorBoard, and the models {@code last/1}
 * and {@code best/1}, the latter of the epoch with the best DSC on the fold that is left out. The
 * checkpoint is written last, so whenever the process dies, what comes again is a whole epoch.
 */
final class FoldTraining {

  private static final String VERSION = "1";

  private final TrainedModel model;
  private final Path folder;
  private final List<PreparedCase> seen;
  private final List<PreparedCase> unseen;
  private final int validateOn;

  /**
   * @param seen the cases that train
   * @param unseen the cases that validate
   * @param validateOn how many of these after each epoch, from the first on; all of them at the end
   */
  FoldTraining(
      TrainedModel model,
      Path folder,
      List<PreparedCase> seen,
      List<PreparedCase> unseen,
      int validateOn) {
    this.model = model;
    this.folder = folder;
    this.seen = seen;
    this.unseen = unseen;
    this.validateOn = Math.min(validateOn, unseen.size());
  }

  /**
   * Trains, or goes on from the folder's checkpoint.
   *
   * @param stop whether to stop, asked before each step and each case that validates
   * @return the folder of the best model, its card with the figures on all cases that validate
   * @throws StoppedException if it was to stop; the checkpoint is of the last step
   * @throws IOException if the checkpoint is damaged, or the folder cannot be written to
   * @throws ArithmeticException if a loss or gradient is not a number
   */
  Path run(TrainingRun.Progress progress, BooleanSupplier stop) throws IOException {
    Path file = folder.resolve("checkpoint");
    Checkpoint from = Files.exists(file) ? Checkpoint.read(file) : Checkpoint.START;
    Epochs epochs = new Epochs(folder.resolve(EpochTable.NAME), from.step() - from.epoch().steps());
    int length = model.training().stepsPerEpoch(seen.size());
    int steps = model.training().steps();
    try (Learner learner = new Learner(model.training(), seen, from);
        Scalars scalars = new Scalars(folder, from.step())) {
      try {
        while (learner.step() < steps || learner.epoch().steps() > 0) {
          int begun = learner.step() - learner.epoch().steps();
          learn(learner, Math.min(steps, begun + length), progress, stop);
          Epoch epoch = validated(learner, epochs, stop);
          scalars.add(epoch.step(), scalars(epoch));
          learner.endEpoch();
          learner.checkpoint().write(file);
          progress.epoch(epoch.number(), epoch.step(), epoch.dsc(), epochs.lastIsBest());
        }
        return measured(stop);
      } catch (CancellationException e) {
        learner.checkpoint().write(file);
        throw new StoppedException("after step " + learner.step());
      }
    }
  }

  /** Learns up to a step. */
  private static void learn(
      Learner learner, int last, TrainingRun.Progress progress, BooleanSupplier stop) {
    while (learner.step() < last) {
      if (stop.getAsBoolean()) {
        throw new CancellationException();
      }
      double diceLoss = learner.learn().diceLoss();
      progress.step(learner.step(), diceLoss);
    }
  }

  /** Validates the network as it is at the end of an epoch, and keeps it if it is the best. */
  private Epoch validated(Learner learner, Epochs epochs, BooleanSupplier stop) throws IOException {
    LearntWeights weights = learner.weights();
    Path last = folder.resolve("last").resolve(VERSION);
    model.write(last, weights, Map.of());
    Validation validation = TrainedModel.validate(last, unseen.subList(0, validateOn), stop);
    Epoch epoch =
        new Epoch(
            epochs.count() + 1,
            learner.step(),
            learner.epoch().mean(),
            validation.dsc().mean(),
            validation.isolated().mean());
    epochs.add(epoch);
    if (epochs.lastIsBest()) {
      Path best = folder.resolve("best").resolve(VERSION);
      model.write(best, weights, Map.of("dsc-mean", epoch.dsc()));
    }
    Curves.write(folder.resolve("curves.svg"), title(), epochs);
    return epoch;
  }

  private String title() {
    return "Dice loss and validation DSC of the %s network; %s"
        .formatted(model.training().stage().title(), model.provenance().data());
  }

  private static Map<String, Double> scalars(Epoch epoch) {
    return Map.of(
        "loss/dice", epoch.learnt().diceLoss(),
        "loss/centre", epoch.learnt().centreLoss(),
        "gradient/norm", epoch.learnt().gradientNorm(),
        "validation/dsc", epoch.dsc(),
        "validation/isolated", epoch.isolated());
  }

  private Path measured(BooleanSupplier stop) throws IOException {
    Path best = folder.resolve("best").resolve(VERSION);
    Statistics s = TrainedModel.validate(best, unseen, stop).dsc();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("on", unseen.size() + " case(s) that validated");
    figures.put("dsc-mean", rounded(s.mean()));
    if (s.n() > 1) {
      figures.put("dsc-sd", rounded(s.sd()));
    }
    figures.put("dsc-min", rounded(s.min()));
    model.card(figures).write(best.resolve(ModelCard.FILE));
    return best;
  }

  private static double rounded(double value) {
    return Math.round(1e4 * value) / 1e4;
  }
}
