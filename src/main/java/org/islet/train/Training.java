package org.islet.train;

import java.util.List;
import java.util.Locale;
import org.islet.dataset.Preparation;
import org.islet.dataset.PreparedCase;
import org.islet.train.Architecture.Normalisation;
import org.islet.volume.Size;

/**
 * How one of the two networks is trained: Dice loss + λ · centre loss by Adam over batches of
 * windows, the learning rate falling along a half cosine. With batch normalisation, the running
 * statistics become part of the filters after some of the steps, and the rest learn without it: one
 * batch's statistics are not those that normalise at inference, so the network ends its learning in
 * the form in which it is run.
 *
 * @param stage which network
 * @param architecture its shape
 * @param window the largest window; a case's is no larger than the largest case
 * @param steps changes of the weights
 * @param batchesPerStep batches whose gradients are added up for a step, each of two windows
 *     (coarse) or one (fine)
 * @param learningRate of the first steps
 * @param centre how much the centre loss weighs
 * @param augmentation by how much windows are changed
 * @param seed of the first weights and of the windows
 */
public record Training(
    Stage stage,
    Architecture architecture,
    Size window,
    int steps,
    int batchesPerStep,
    double learningRate,
    CentreLoss centre,
    Augmentation augmentation,
    long seed) {

  /** The paper's decimation factor R. */
  public static final int FACTOR = 4;

  /** How often a coarse network's weights change, where nothing else is asked for. */
  public static final int COARSE_STEPS = 3500;

  /** How often a fine network's weights change, where nothing else is asked for. */
  public static final int FINE_STEPS = 1800;

  private static final double NORMALISED_SHARE = 0.6;

  /**
   * The weight of the centre loss (Zhao et al. 2019, section 2.3).
   *
   * @param lambda λ, 0 or more
   * @param epochs for how many of the first epochs; after them it is 0
   */
  public record CentreLoss(double lambda, int epochs) {

    /** The Dice loss alone. */
    public static final CentreLoss NONE = new CentreLoss(0, 0);

    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public CentreLoss {
      if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY) || epochs < 0) {
        throw new IllegalArgumentException(
            "The centre loss's λ and epochs must be 0 or more, not %s and %d."
                .formatted(lambda, epochs));
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Training {
    if (steps < 1 || batchesPerStep < 1) {
      throw new IllegalArgumentException(
          "A training has 1 step or more, each of 1 batch or more, not %d of %d."
              .formatted(steps, batchesPerStep));
    }
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "The learning rate must be above 0 and at most 1, not %s.".formatted(learningRate));
    }
  }

  /** Which of the two networks is trained, and on what part of a CT. */
  public enum Stage {
    /** On windows of the decimated volume. */
    COARSE(new Size(64, 64, 48), 2, COARSE_STEPS),
    /**
     * On windows of the box around the truth and its margin, at full resolution: large ones, since
     * where the box ends is a sign of what is the organ.
     */
    FINE(new Size(112, 88, 64), 1, FINE_STEPS);

    /** A box at inference can be this much wider than the truth; the paper's margin is 10. */
    private static final int MARGIN = 14;

    private final Size defaultWindow;
    private final int windows;
    private final int defaultSteps;

    Stage(Size defaultWindow, int windows, int defaultSteps) {
      this.defaultWindow = defaultWindow;
      this.windows = windows;
      this.defaultSteps = defaultSteps;
    }

    /** The largest window, where none is asked for. */
    public Size defaultWindow() {
      return defaultWindow;
    }

    /** The steps, where none are asked for. */
    public int defaultSteps() {
      return defaultSteps;
    }

    /** What the network is called, in lower case. */
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }

    Preparation preparation() {
      return this == COARSE ? new Preparation.Coarse(FACTOR) : new Preparation.Fine(MARGIN);
    }
  }

  /** The steps in which so many cases are drawn once each, in the mean. */
  int stepsPerEpoch(int cases) {
    int windows = batchesPerStep * stage.windows;
    return (cases + windows - 1) / windows;
  }

  /** The weight of the centre loss at a step, the first being 1. */
  double lambda(int step, int cases) {
    return step <= (long) centre.epochs() * stepsPerEpoch(cases) ? centre.lambda() : 0;
  }

  /** The steps that normalise by batch. */
  int normalisedSteps() {
    return architecture.normalisation() == Normalisation.BATCH
        ? (int) (NORMALISED_SHARE * steps)
        : 0;
  }

  /** The network's form at a step, the first being 1. */
  Architecture formAt(int step) {
    return step <= normalisedSteps() ? architecture : architecture.withoutNormalisation();
  }

  Sampler sampler(List<PreparedCase> cases) {
    return new Sampler(cases, window, architecture.divisor(), augmentation, seed + 1);
  }

  /** Windows in a batch. */
  public int windows() {
    return stage.windows;
  }

  /**
   * Adam's step size: falls along a half cosine to a hundredth; without normalisation it is half as
   * large. Adam's averages settle over the first 20 steps of either form, while the rate rises.
   *
   * @param step the first being 1
   */
  double rate(int step) {
    boolean normalised = step <= normalisedSteps();
    int since = normalised ? step : step - normalisedSteps();
    double fall = 0.5 * (1 + Math.cos(Math.PI * step / steps));
    double most = normalised ? learningRate : learningRate / 2;
    return most * Math.min(1, since / 20.0) * (0.01 + 0.99 * fall);
  }
}
