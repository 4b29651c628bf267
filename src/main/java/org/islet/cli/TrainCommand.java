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
      defaultValue = "80",
      description = "How many phantoms to learn from (default: ${DEFAULT-VALUE}).")
  private int phantoms;

  @Option(
      names = "--phantom-seed",
      paramLabel = "S",
      defaultValue = "2019",
      description = "The series of phantoms (default: ${DEFAULT-VALUE}).")
  private long phantomSeed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Samples to learn from, one at a time (default: coarse 600, fine 1500).")
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
      description = "Of the first weights and the samples' order (default: ${DEFAULT-VALUE}).")
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
      names = "--models",
      paramLabel = "MODELS",
      required = true,
      description = "The folder of models to write to.")
  private Path models;

  @Override
  public Integer call() throws Exception {
    for (Training.Stage stage : stages) {
      String name = stage.name().toLowerCase(Locale.ROOT);
      Architecture architecture = new Architecture(levels, baseChannels, normalisation, 1);
      int steps = given == null ? stage.defaultSteps() : given;
      Training training = new Training(stage, architecture, steps, learningRate, seed);
      System.err.printf("%s: making %d phantoms%n", name, phantoms);
      long start = System.nanoTime();
      Path made =
          new PhantomTraining(training, phantoms, phantomSeed)
              .run(models, (step, loss) -> report(name, step, steps, loss, start));
      System.out.println(made);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void report(String name, int step, int steps, double loss, long start) {
    if (step % 20 == 0 || step == steps) {
      System.err.printf(
          Locale.ROOT,
          "%s: step %d of %d, Dice loss %.4f, %.0f s%n",
          name,
          step,
          steps,
          loss,
          (System.nanoTime() - start) / 1e9);
    }
  }
}
