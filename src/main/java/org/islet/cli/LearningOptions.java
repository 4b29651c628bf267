package org.islet.cli;

import java.util.List;
import org.islet.dataset.Preparation;
import org.islet.train.Architecture;
import org.islet.train.Augmentation;
import org.islet.train.Training;
import org.islet.train.Training.Stage;
import org.islet.volume.Size;
import picocli.CommandLine.Option;

/** How networks learn. */
final class LearningOptions {

  private static final int FACTOR = 4;
  private static final int MARGIN = 10;

  /** Which networks are trained. */
  private enum Stages {
    COARSE(Stage.COARSE),
    FINE(Stage.FINE),
    BOTH(Stage.COARSE, Stage.FINE);

    private final List<Stage> all;

    Stages(Stage... all) {
      this.all = List.of(all);
    }
  }

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "coarse, fine or both (default: both).")
  private Stages stages = Stages.BOTH;

  @Option(
      names = "--factor",
      paramLabel = "R",
      description =
          "By how much the coarse network's volumes are decimated (default: "
              + FACTOR
              + "); the route's downsample, upsample and box have the same.")
  private Integer factor;

  @Option(
      names = "--margin",
      paramLabel = "N",
      description =
          "The voxels of margin in each direction of the truth's box, which the fine network sees"
              + " (default: "
              + MARGIN
              + ").")
  private Integer margin;

  @Option(
      names = "--window",
      paramLabel = "X,Y,Z",
      description =
          "The largest window of the first 70 %% of the steps, in voxels (default: coarse 64,64,48,"
              + " fine 112,88,64).",
      converter = SizeConverter.class)
  private Size window;

  @Option(
      names = "--last-window",
      paramLabel = "X,Y,Z",
      description =
          "The largest window of the last 30 %% (default: coarse 64,64,48, fine 208,144,104, which is"
              + " most cases whole).",
      converter = SizeConverter.class)
  private Size lastWindow;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Changes of the weights (default: coarse "
              + Training.COARSE_STEPS
              + ", fine "
              + Training.FINE_STEPS
              + ").")
  private Integer steps;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description = "Batches whose gradients make a step (default: ${DEFAULT-VALUE}).")
  private int accumulate = 1;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Adam's step size at first (default: ${DEFAULT-VALUE}).")
  private double learningRate = 0.002;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "The weight of the centre loss (default: ${DEFAULT-VALUE}).")
  private double lambda;

  @Option(
      names = "--lambda-epochs",
      paramLabel = "N",
      description = "The epochs after which it is 0 (default: ${DEFAULT-VALUE}).")
  private int lambdaEpochs = 50;

  @Option(
      names = "--left-right-flip",
      description = "Mirrors half of the windows. Left and right are not alike in the abdomen.")
  private boolean leftRightFlip;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the split, the first weights and the windows (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  /**
   * The trainings of a network of each stage.
   *
   * @throws IllegalArgumentException if an option cannot be, or would do nothing
   */
  List<Training> trainings(Architecture architecture) {
    if (factor != null && !stages.all.contains(Stage.COARSE)) {
      throw new IllegalArgumentException("--factor is for the coarse network alone.");
    }
    if (margin != null && !stages.all.contains(Stage.FINE)) {
      throw new IllegalArgumentException("--margin is for the fine network alone.");
    }
    return stages.all.stream().map(stage -> training(stage, architecture)).toList();
  }

  private Training training(Stage stage, Architecture architecture) {
    return new Training(
        stage,
        preparation(stage),
        architecture,
        window == null ? stage.defaultWindow() : window,
        lastWindow == null ? stage.defaultLastWindow() : lastWindow,
        steps == null ? stage.defaultSteps() : steps,
        accumulate,
        learningRate,
        new Training.CentreLoss(lambda, lambdaEpochs),
        Augmentation.DEFAULT.withLeftRightFlip(leftRightFlip),
        seed);
  }

  private Preparation preparation(Stage stage) {
    return switch (stage) {
      case COARSE -> new Preparation.Coarse(factor == null ? FACTOR : factor);
      case FINE -> new Preparation.Fine(margin == null ? MARGIN : margin);
    };
  }

  long seed() {
    return seed;
  }
}
