package org.islet.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.islet.dataset.DataSet;
import org.islet.dataset.Folds;
import org.islet.train.TrainingRun;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the two networks. */
@Command(
    name = "train",
    header = "Trains the two networks on labelled CTs, or on phantoms.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains the networks on all folds of a data set but one, keeps what it does in the folder RUN,",
      "and writes the best models as the next versions of MODELS/NAME-coarse and MODELS/NAME-fine.",
      "Ctrl-C and SIGTERM stop it after the step under way; with the same options and --resume it",
      "goes on from there, and from the end of its last epoch where it was killed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the models are written",
      "1:the data cannot be used, memory or disk are too small, there is nothing to resume, or"
          + " learning failed",
      "2:wrong usage",
      "130:stopped by Ctrl-C (SIGINT); 143 by SIGTERM"
    })
public final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      required = true,
      description = "The folder of the run.")
  private Path run;

  @Option(names = "--resume", description = "Goes on with the run in RUN.")
  private boolean resume;

  @Option(
      names = "--models",
      paramLabel = "MODELS",
      required = true,
      description = "The folder of models to write to.")
  private Path models;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "pancreas",
      converter = ModelNameConverter.class,
      description = "What the models are called (default: ${DEFAULT-VALUE}).")
  private String name;

  @ArgGroup(validate = false, heading = "%nData:%n", order = 1)
  private DataOptions data = new DataOptions();

  @ArgGroup(validate = false, heading = "%nCross-validation:%n", order = 2)
  private CrossValidationOptions crossValidation = new CrossValidationOptions();

  @ArgGroup(validate = false, heading = "%nTraining:%n", order = 3)
  private LearningOptions learning = new LearningOptions();

  @ArgGroup(validate = false, heading = "%nNetwork:%n", order = 4)
  private NetworkOptions network = new NetworkOptions();

  @Override
  public Integer call() throws IOException {
    TrainingRun training = training();
    if (resume) {
      training.resume();
    } else {
      training.begin();
    }
    TrainingProgress progress =
        new TrainingProgress(System.err, Boolean.getBoolean("launcher.terminal"), System::nanoTime);
    return StopSignal.heardBy(
        progress::stopping,
        stop -> {
          try (progress) {
            training.run(models, name, progress, stop).forEach(System.out::println);
          }
          return CommandLine.ExitCode.OK;
        });
  }

  private TrainingRun training() throws IOException {
    try {
      DataSet cases = data.dataSet();
      Folds split = crossValidation.split(cases, learning.seed());
      return new TrainingRun(
          run,
          cases,
          data.provenance(cases),
          split,
          crossValidation.leftOut(split),
          learning.trainings(network.architecture()),
          crossValidation.validateOn(),
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
