package org.islet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.islet.train.Architecture;
import org.islet.train.PhantomTraining;
import org.islet.train.Training;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the bundled models. */
@Command(
    name = "train",
    header = "Trains the two bundled networks again.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains the two networks on phantoms and writes each as the next version of its model:",
      "MODELS/pancreas-coarse/N and MODELS/pancreas-fine/N. The defaults made the bundled ones."
    })
public final class TrainCommand implements Callable<Integer> {

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      split = ",",
      defaultValue = "coarse,fine",
      description = "coarse, fine, or both (default: ${DEFAULT-VALUE}).")
  private List<Training.Stage> stages;

  @Option(
      names = "--phantoms",
      paramLabel = "N",
      defaultValue = "160",
      description = "How many phantoms to learn from (default: ${DEFAULT-VALUE}).")
  private int phantoms;

  @Option(
      names = "--measure-on",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "How many other phantoms to measure on, for the card (default: ${DEFAULT-VALUE}).")
  private int measured;

  @Option(
      names = "--phantom-seed",
      paramLabel = "S",
      defaultValue = "2019",
      description = "The series of phantoms (default: ${DEFAULT-VALUE}).")
  private long phantomSeed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Batches to learn from (default: coarse 2000, fine 1800).")
  private Integer given;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "0.002",
      description = "Adam's step size at first (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "7",
      description = "Of the first weights and the windows (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--levels",
      paramLabel = "N",
      defaultValue = "4",
      description = "Resolutions of the U-Net (default: ${DEFAULT-VALUE}).")
  private int levels;

  @Option(
      names = "--base-channels",
      paramLabel = "N",
      defaultValue = "16",
      description = "Channels at the first resolution (default: ${DEFAULT-VALUE}).")
  private int baseChannels;

  @Option(
      names = "--normalisation",
      paramLabel = "KIND",
      defaultValue = "batch",
      description = "batch or none (default: ${DEFAULT-VALUE}).")
  private Architecture.Normalisation normalisation;

  @Option(
      names = "--block",
      paramLabel = "KIND",
      defaultValue = "plain",
      description =
          "plain, or residual: each level adds to what came in (default: ${DEFAULT-VALUE}).")
  private Architecture.Block block;

  @Option(
      names = "--attention",
      description = "Lets skip connections pass through attention gates.")
  private boolean attention;

  @Option(
      names = "--deep-supervision",
      description = "Lets the decoder learn at every resolution but the deepest.")
  private boolean deepSupervision;

  @Option(
      names = "--models",
      paramLabel = "MODELS",
      required = true,
      description = "The folder of models to write to.")
  private Path models;

  @Override
  public Integer call() throws Exception {
    Architecture architecture =
        new Architecture(levels, baseChannels, block, attention, deepSupervision, normalisation, 1);
    List<Training> trainings =
        stages.stream()
            .map(
                stage ->
                    new Training(
                        stage,
                        architecture,
                        given == null ? stage.defaultSteps() : given,
                        learningRate,
                        seed))
            .toList();
    new PhantomTraining(trainings, phantoms, measured, phantomSeed)
        .run(models, new Lines())
        .forEach(System.out::println);
    return CommandLine.ExitCode.OK;
  }

  /** Tells the progress, a line for every 20 phantoms or steps. */
  private static final class Lines implements PhantomTraining.Progress {

    private final long start = System.nanoTime();

    @Override
    public void phantom(int made, int of) {
      if (made % 20 == 0 || made == of) {
        System.err.printf("%d of %d phantoms, %.0f s%n", made, of, seconds());
      }
    }

    @Override
    public void step(Training training, int step, double loss) {
      if (step % 20 == 0 || step == training.steps()) {
        System.err.printf(
            Locale.ROOT,
            "%s: step %d of %d, Dice loss %.4f, %.0f s%n",
            training.stage().name().toLowerCase(Locale.ROOT),
            step,
            training.steps(),
            loss,
            seconds());
      }
    }

    private double seconds() {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
