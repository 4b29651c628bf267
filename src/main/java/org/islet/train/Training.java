package org.islet.train;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.islet.dataset.Preparation;
import org.islet.dataset.PreparedCase;
import org.islet.volume.Size;

/**
 * How one of the two networks is trained: Dice loss + λ · centre loss by Adam, at first over
 * batches of two windows, which is quick. A fine network that saw windows alone knows the organ by
 * where they end, and finds much else in a whole case: in the last steps it sees whole cases, one a
 * batch. With batch normalisation, the running statistics become part of the filters before the
 * last steps, which learn without it: one batch's statistics are not those that normalise at
 * inference. So a network ends its learning in the form in which it is run.
 *
 * @param stage which network
 * @param preparation what the network sees of a CT
 * @param architecture its shape
 * @param window the largest window of the first steps, in voxels
 * @param lastWindow the largest window of the last steps, in voxels
 * @param steps changes of the weights
 * @param batchesPerStep batches whose gradients are added up for a step
 * @param learningRate of the first steps, above 0 and at most 1
 * @param centre how much the centre loss weighs
 * @param augmentation by how much windows are changed
 * @param seed of the first weights and of the windows
 */
public record Training(
    Stage stage,
    Preparation preparation,
    Architecture architecture,
    Size window,
    Size lastWindow,
    int steps,
    int batchesPerStep,
    double learningRate,
    CentreLoss centre,
    Augmentation augmentation,
    long seed) {

  /** How often a coarse network's weights change, where nothing else is asked for. */
  public static final int COARSE_STEPS = 3500;

  /** How often a fine network's weights change, where nothing else is asked for. */
  public static final int FINE_STEPS = 1400;

  private static final double FIRST_SHARE = 0.7;

  /** How many windows a batch of the first steps holds: one with the organ, and one anywhere. */
  private static final int FIRST_COUNT = 2;

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

  /** Which of the two networks is trained. */
  public enum Stage {
    /** The one that sees the decimated volume. */
    COARSE(new Size(64, 64, 48), 2, new Size(64, 64, 48), COARSE_STEPS),
    /** The one that sees a box at full resolution. */
    FINE(new Size(112, 88, 64), 1, new Size(208, 144, 104), FINE_STEPS);

    private final Size defaultWindow;
    private final int lastCount;
    private final Size defaultLastWindow;
    private final int defaultSteps;

    Stage(Size defaultWindow, int lastCount, Size defaultLastWindow, int defaultSteps) {
      this.defaultWindow = defaultWindow;
      this.lastCount = lastCount;
      this.defaultLastWindow = defaultLastWindow;
      this.defaultSteps = defaultSteps;
    }

    /** The largest window of the first steps, where none is asked for. */
    public Size defaultWindow() {
      return defaultWindow;
    }

    /** The largest window of the last steps, where none is asked for. */
    public Size defaultLastWindow() {
      return defaultLastWindow;
    }

    /** The steps, where none are asked for. */
    public int defaultSteps() {
      return defaultSteps;
    }

    /** What the network is called, in lower case. */
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What the networks of a name are called, one of each stage. */
    public String modelOf(String name) {
      return name + "-" + title();
    }
  }

  /**
   * The same training, with windows no longer than the longest of the cases along each axis.
   * Batches stay the same, but {@link #voxels} are nearer to what they hold.
   */
  Training on(Collection<Size> cases) {
    return new Training(
        stage,
        preparation,
        architecture,
        new Windows(1, window).on(cases, 1),
        new Windows(1, lastWindow).on(cases, 1),
        steps,
        batchesPerStep,
        learningRate,
        centre,
        augmentation,
        seed);
  }

  /** The steps in which so many cases are drawn once each, in the mean, two a batch. */
  int stepsPerEpoch(int cases) {
    int windows = batchesPerStep * FIRST_COUNT;
    return (cases + windows - 1) / windows;
  }

  /** The weight of the centre loss at a step, the first being 1. */
  double lambda(int step, int cases) {
    return step <= (long) centre.epochs() * stepsPerEpoch(cases) ? centre.lambda() : 0;
  }

  /** How many steps there are before the last, which do not normalise. */
  private int firstSteps() {
    return (int) (FIRST_SHARE * steps);
  }

  private boolean isAmongFirst(int step) {
    return step <= firstSteps();
  }

  /** The network's form at a step, the first being 1. */
  Architecture formAt(int step) {
    return isAmongFirst(step) ? architecture : architecture.withoutNormalisation();
  }

  Sampler sampler(List<PreparedCase> cases) {
    return new Sampler(cases, architecture.divisor(), augmentation, seed + 1);
  }

  /** What a batch of a step holds, the first being 1. */
  Windows windowsAt(int step) {
    return isAmongFirst(step)
        ? new Windows(FIRST_COUNT, window)
        : new Windows(stage.lastCount, lastWindow);
  }

  /** The voxels that a batch of a step holds at most, the first being 1. */
  long batchVoxels(int step) {
    return windowsAt(step).voxels(architecture.divisor());
  }

  /** The voxels that a step learns from at most, the first being 1. */
  public long voxels(int step) {
    return batchesPerStep * batchVoxels(step);
  }

  /**
   * Adam's step size: rises over 20 steps, in which Adam's averages settle, and falls along a half
   * cosine to a hundredth; and again, half as high, over the last steps.
   *
   * @param step the first being 1
   */
  double rate(int step) {
    return isAmongFirst(step)
        ? rate(learningRate, step, firstSteps())
        : rate(learningRate / 2, step - firstSteps(), steps - firstSteps());
  }

  private static double rate(double most, int step, int steps) {
    double fall = 0.5 * (1 + Math.cos(Math.PI * step / steps));
    return most * Math.min(1, step / 20.0) * (0.01 + 0.99 * fall);
  }
}
