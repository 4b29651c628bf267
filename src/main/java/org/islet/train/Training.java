package org.islet.train;

import java.util.List;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;

/**
 * Training one of the two networks: Adam over samples of a fixed set of cases, the learning rate
 * falling along a half cosine.
 *
 * @param stage which network
 * @param architecture its shape
 * @param steps samples to learn from, one at a time
 * @param learningRate of the first steps
 * @param seed of the first weights and of the samples
 */
public record Training(
    Stage stage, Architecture architecture, int steps, double learningRate, long seed) {

  /** The paper's decimation factor R. */
  public static final int FACTOR = 4;

  /** Which of the two networks is trained, and on what part of a CT. */
  public enum Stage {
    /** On the whole volume, decimated. */
    COARSE(new Size(128, 128, 64), 600),
    /** On windows of the box around the truth and its margin, at full resolution. */
    FINE(new Size(80, 80, 48), 1500);

    /** A box at inference can be this much wider than the truth; the paper's margin is 10. */
    private static final int MARGIN = 20;

    private final Size largestWindow;
    private final int defaultSteps;

    Stage(Size largestWindow, int defaultSteps) {
      this.largestWindow = largestWindow;
      this.defaultSteps = defaultSteps;
    }

    /** The steps that the bundled model took. */
    public int defaultSteps() {
      return defaultSteps;
    }

    TrainingCase caseOf(Phantom phantom) {
      return this == COARSE
          ? TrainingCase.coarse(phantom.ct(), phantom.pancreas(), FACTOR)
          : TrainingCase.fine(phantom.ct(), phantom.pancreas(), MARGIN);
    }
  }

  /** Hears of each step. */
  public interface Progress {
    /**
     * @param step the first being 1
     * @param loss the Dice loss, averaged over the latest steps
     */
    void step(int step, double loss);
  }

  /**
   * Trains.
   *
   * @param cases made by {@link Stage#caseOf}
   * @return the weights, ready for export
   */
  LearntWeights run(List<TrainingCase> cases, Progress progress) {
    Sampler sampler = new Sampler(cases, stage.largestWindow, architecture.divisor(), seed + 1);
    double average = 1;
    try (Trainer trainer = new Trainer(architecture, seed)) {
      for (int step = 1; step <= steps; step++) {
        double loss = trainer.step(sampler.next(), rate(step));
        average += (loss - average) * Math.max(0.03, 1.0 / step);
        progress.step(step, average);
      }
      return trainer.weights();
    }
  }

  /** Rises over the first 20 steps, so that Adam's averages settle, then falls to a hundredth. */
  double rate(int step) {
    double fall = 0.5 * (1 + Math.cos(Math.PI * step / steps));
    return learningRate * Math.min(1, step / 20.0) * (0.01 + 0.99 * fall);
  }
}
