package org.islet.train;

import java.util.List;
import org.islet.dataset.Preparation;
import org.islet.dataset.PreparedCase;
import org.islet.train.Architecture.Normalisation;
import org.islet.volume.Size;

/**
 * Training one of the two networks: Adam over batches of windows of a fixed set of cases, the
 * learning rate falling along a half cosine.
 *
 * @param stage which network
 * @param architecture its shape
 * @param steps batches to learn from, of two windows (coarse) or one (fine)
 * @param learningRate of the first steps
 * @param seed of the first weights and of the windows
 */
public record Training(
    Stage stage, Architecture architecture, int steps, double learningRate, long seed) {

  /** The paper's decimation factor R. */
  public static final int FACTOR = 4;

  private static final double NORMALISED_SHARE = 0.6;

  /** Which of the two networks is trained, and on what part of a CT. */
  public enum Stage {
    /** On windows of the decimated volume. */
    COARSE(new Size(64, 64, 48), 2, 2000),
    /**
     * On windows of the box around the truth and its margin, at full resolution: large ones, since
     * where the box ends is a sign of what is the organ.
     */
    FINE(new Size(112, 88, 64), 1, 1800);

    /** A box at inference can be this much wider than the truth; the paper's margin is 10. */
    private static final int MARGIN = 14;

    private final Size largestWindow;
    private final int windows;
    private final int defaultSteps;

    Stage(Size largestWindow, int windows, int defaultSteps) {
      this.largestWindow = largestWindow;
      this.windows = windows;
      this.defaultSteps = defaultSteps;
    }

    /** The steps that the bundled model took. */
    public int defaultSteps() {
      return defaultSteps;
    }

    Preparation preparation() {
      return this == COARSE ? new Preparation.Coarse(FACTOR) : new Preparation.Fine(MARGIN);
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
   * Trains. With batch normalisation, the running statistics become part of the filters after some
   * of the steps, and the rest learn without it: one batch's statistics are not those that
   * normalise at inference, so the network ends its learning in the form in which it is run.
   *
   * @param cases made by {@link Stage#preparation}
   * @return the weights, ready for export
   */
  LearntWeights run(List<PreparedCase> cases, Progress progress) {
    Steps all = new Steps(cases, progress);
    if (architecture.normalisation() == Normalisation.NONE) {
      return all.learn(architecture, LearntWeights.none(), steps);
    }
    LearntWeights normalised =
        all.learn(architecture, LearntWeights.none(), (int) (NORMALISED_SHARE * steps));
    return all.learn(architecture.withoutNormalisation(), normalised, steps);
  }

  /** The steps of a training, one batch each, while the network changes its form. */
  private final class Steps {

    private final Sampler sampler;
    private final Progress progress;
    private int step;
    private double average;

    Steps(List<PreparedCase> cases, Progress progress) {
      this.sampler =
          new Sampler(
              cases, stage.largestWindow, architecture.divisor(), Augmentation.DEFAULT, seed + 1);
      this.progress = progress;
    }

    LearntWeights learn(Architecture form, LearntWeights first, int last) {
      int from = step;
      try (Trainer trainer = new Trainer(form, seed, first)) {
        while (step < last) {
          step++;
          double loss = trainer.learn(sampler.batch(step, stage.windows), 0).diceLoss();
          trainer.update(rate(form.normalisation(), step, step - from));
          average += (loss - average) * Math.max(0.03, 1.0 / step);
          progress.step(step, average);
        }
        return trainer.weights();
      }
    }
  }

  /**
   * Falls along a half cosine to a hundredth; without normalisation it is half as large.
   *
   * @param since steps that Adam took since it began; its averages settle over the first 20, while
   *     the rate rises
   */
  double rate(Normalisation normalisation, int step, int since) {
    double fall = 0.5 * (1 + Math.cos(Math.PI * step / steps));
    double most = normalisation == Normalisation.BATCH ? learningRate : learningRate / 2;
    return most * Math.min(1, since / 20.0) * (0.01 + 0.99 * fall);
  }
}
