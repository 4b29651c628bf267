package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.islet.dataset.PreparedCase;
import org.islet.evaluate.Statistics;
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
   * @return the folder of the best model, its card with the figures on all cases that validate
   * @throws IOException if the checkpoint is damaged, or the folder cannot be written to
   * @throws ArithmeticException if a loss or gradient is not a number
   */
  Path run(TrainingRun.Progress progress) throws IOException {
    Path file = folder.resolve("checkpoint");
    Checkpoint from = Files.exists(file) ? Checkpoint.read(file) : Checkpoint.START;
    Epochs epochs = new Epochs(folder.resolve(EpochTable.NAME), from.step());
    Training training = model.training();
    int length = training.stepsPerEpoch(seen.size());
    try (Learner learner = new Learner(training, seen, from);
        Scalars scalars = new Scalars(folder, from.step())) {
      while (learner.step() < training.steps()) {
        int last = Math.min(training.steps(), learner.step() + length);
        Trainer.Learnt learnt = learn(learner, last, progress);
        LearntWeights weights = learner.weights();
        Validation validation = validate(weights);
        double dsc = validation.dsc().mean();
        boolean best = dsc > epochs.bestDsc();
        if (best) {
          model.write(folder.resolve("best").resolve(VERSION), weights, Map.of("dsc-mean", dsc));
        }
        Epoch epoch =
            new Epoch(epochs.count() + 1, last, learnt, dsc, validation.isolated().mean());
        epochs.add(epoch);
        Curves.write(folder.resolve("curves.svg"), title(), epochs);
        scalars.add(last, scalars(epoch));
        learner.checkpoint().write(file);
        progress.epoch(epoch.number(), last, dsc, best);
      }
    }
    return measured();
  }

  /** Learns up to a step; the losses in the mean. */
  private static Trainer.Learnt learn(Learner learner, int last, TrainingRun.Progress progress) {
    int steps = last - learner.step();
    double dice = 0;
    double centre = 0;
    double norm = 0;
    while (learner.step() < last) {
      Trainer.Learnt learnt = learner.learn();
      dice += learnt.diceLoss() / steps;
      centre += learnt.centreLoss() / steps;
      norm += learnt.gradientNorm() / steps;
      progress.step(learner.step(), learnt.diceLoss());
    }
    return new Trainer.Learnt(dice, centre, norm);
  }

  private Validation validate(LearntWeights weights) throws IOException {
    Path last = folder.resolve("last").resolve(VERSION);
    model.write(last, weights, Map.of());
    return TrainedModel.validate(last, unseen.subList(0, validateOn));
  }

  private String title() {
    return "Dice loss and validation DSC of the %s network; %s"
        .formatted(model.training().stage().title(), model.data());
  }

  private static Map<String, Double> scalars(Epoch epoch) {
    return Map.of(
        "loss/dice", epoch.learnt().diceLoss(),
        "loss/centre", epoch.learnt().centreLoss(),
        "gradient/norm", epoch.learnt().gradientNorm(),
        "validation/dsc", epoch.dsc(),
        "validation/isolated", epoch.isolated());
  }

  private Path measured() throws IOException {
    Path best = folder.resolve("best").resolve(VERSION);
    Statistics s = TrainedModel.validate(best, unseen).dsc();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("on", unseen.size() + " case(s) that validated");
    figures.put("dsc-mean", rounded(s.mean()));
    if (s.n() > 1) {
      figures.put("dsc-sd", rounded(s.sd()));
    }
    figures.put("dsc-min", rounded(s.min()));
    model.card(figures).write(best.resolve("model.yaml"));
    return best;
  }

  private static double rounded(double value) {
    return Math.round(1e4 * value) / 1e4;
  }
}
