package org.islet.train;

import java.util.List;
import org.islet.dataset.PreparedCase;

/**
 * A training under way, a step at a time. Each step depends on the step before and on the seeds
 * alone, so a training that goes on from a checkpoint ends as if it had never stopped.
 */
final class Learner implements AutoCloseable {

  private final Training training;
  private final Sampler sampler;
  private final int cases;
  private Trainer trainer;
  private int step;
  private EpochSums epoch;

  /**
   * @param cases to learn from, prepared as the training's stage asks for
   * @param from where to go on; {@link Checkpoint#START} to begin
   */
  Learner(Training training, List<PreparedCase> cases, Checkpoint from) {
    this.training = training;
    this.sampler = training.sampler(cases);
    this.cases = cases.size();
    this.step = from.step();
    this.epoch = from.epoch();
    this.trainer = trainer(Math.max(1, step), from.state());
  }

  private Trainer trainer(int formOfStep, LearntWeights first) {
    return new Trainer(training.formAt(formOfStep), training.seed(), first);
  }

  /** Steps taken so far. */
  int step() {
    return step;
  }

  /** What the steps of the epoch under way gave so far. */
  EpochSums epoch() {
    return epoch;
  }

  /** Ends the epoch: the next step is the first of another. */
  void endEpoch() {
    epoch = EpochSums.NONE;
  }

  /**
   * Takes a step.
   *
   * @return the losses, in the mean over the step's batches
   * @throws ArithmeticException if a loss or gradient is not a number
   */
  Trainer.Learnt learn() {
    int next = step + 1;
    if (step > 0 && !training.formAt(next).equals(training.formAt(step))) {
      LearntWeights folded = trainer.weights();
      trainer.close();
      trainer = trainer(next, folded);
    }
    double dice = 0;
    double centre = 0;
    double norm = 0;
    int batches = training.batchesPerStep();
    for (int i = 0; i < batches; i++) {
      Batch batch = sampler.batch((long) step * batches + i + 1, training.windowsAt(next));
      Trainer.Learnt learnt = trainer.learn(batch, training.lambda(next, cases));
      dice += learnt.diceLoss() / batches;
      centre += learnt.centreLoss() / batches;
      norm += learnt.gradientNorm() / batches;
    }
    trainer.update(training.rate(next));
    step = next;
    Trainer.Learnt learnt = new Trainer.Learnt(dice, centre, norm);
    epoch = epoch.plus(learnt);
    return learnt;
  }

  Checkpoint checkpoint() {
    return new Checkpoint(step, epoch, trainer.state());
  }

  /** The weights as they are now, ready for export. */
  LearntWeights weights() {
    return trainer.weights();
  }

  @Override
  public void close() {
    trainer.close();
  }
}
