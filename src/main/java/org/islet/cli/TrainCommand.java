package org.islet.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.islet.dataset.DataSet;
import org.islet.dataset.FolderDataSet;
import org.islet.dataset.Folds;
import org.islet.dataset.PhantomDataSet;
import org.islet.format.NiftiReader;
import org.islet.train.Architecture;
import org.islet.train.Augmentation;
import org.islet.train.Training;
import org.islet.train.TrainingRun;
import org.islet.volume.Size;
import picocli.CommandLine;
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
      "1:the data cannot be used, the disk is full, or learning failed",
      "2:wrong usage",
      "130:stopped by Ctrl-C (SIGINT); 143 by SIGTERM"
    })
public final class TrainCommand implements Callable<Integer> {

  private static final long MAX_INFLATED_BYTES = 4L << 30;

  private static final String OF_PHANTOMS =
      "Trained on made-up phantoms only, for demonstration: its results on patients mean nothing.";

  private static final String OF_DATA =
      "Research software, not a medical device: check its results on data of your own.";

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
      description = "What the models are called (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "A folder of CTs and labels: images/ and labels/, or imagesTr/ and labelsTr/.",
        "Without it, phantoms are made."
      })
  private Path data;

  @Option(
      names = "--label",
      paramLabel = "N",
      defaultValue = "1",
      description = "The organ's value in the labels (default: ${DEFAULT-VALUE}).")
  private int label;

  @Option(
      names = "--other-labels",
      description = "Allows values that are neither 0 nor the organ's: they are other organs.")
  private boolean otherLabels;

  @Option(
      names = "--phantoms",
      paramLabel = "N",
      defaultValue = "160",
      description = "How many phantoms, where there is no --data (default: ${DEFAULT-VALUE}).")
  private int phantoms;

  @Option(
      names = "--phantom-seed",
      paramLabel = "S",
      defaultValue = "2019",
      description = "The series of phantoms (default: ${DEFAULT-VALUE}).")
  private long phantomSeed;

  @Option(
      names = "--folds",
      paramLabel = "K",
      defaultValue = "4",
      description = "Into how many folds the cases are split (default: ${DEFAULT-VALUE}).")
  private int folds;

  @Option(
      names = "--fold",
      paramLabel = "k",
      defaultValue = "0",
      description = "Which one is left out to validate, 0 to K − 1, or all in turn (default: 0).")
  private String fold;

  @Option(
      names = "--split",
      paramLabel = "FILE",
      description = "A split of the cases, as RUN/split.json is one, instead of a random one.")
  private Path split;

  @Option(
      names = "--validate-on",
      paramLabel = "N",
      defaultValue = "8",
      description = {
        "How many cases validate after each epoch (default: ${DEFAULT-VALUE});",
        "all of the fold do at the end."
      })
  private int validateOn;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      split = ",",
      defaultValue = "coarse,fine",
      description = "coarse, fine, or both (default: ${DEFAULT-VALUE}).")
  private List<Training.Stage> stages;

  @Option(
      names = "--window",
      paramLabel = "X,Y,Z",
      description = "The largest window (default: coarse 64,64,48, fine 112,88,64).",
      converter = SizeConverter.class)
  private Size window;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Changes of the weights (default: coarse 2000, fine 1800).")
  private Integer given;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      defaultValue = "1",
      description = "Batches whose gradients make a step (default: ${DEFAULT-VALUE}).")
  private int accumulate;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "0.002",
      description = "Adam's step size at first (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      defaultValue = "0",
      description = "The weight of the centre loss (default: ${DEFAULT-VALUE}).")
  private double lambda;

  @Option(
      names = "--lambda-epochs",
      paramLabel = "N",
      defaultValue = "50",
      description = "The epochs after which it is 0 (default: ${DEFAULT-VALUE}).")
  private int lambdaEpochs;

  @Option(
      names = "--left-right-flip",
      description = "Mirrors every other window. Left and right are not alike in the abdomen.")
  private boolean leftRightFlip;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "7",
      description = "Of the split, the first weights and the windows (default: ${DEFAULT-VALUE}).")
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

  @Override
  public Integer call() throws IOException {
    DataSet cases = dataSet();
    Folds chosen = split == null ? Folds.split(cases.ids(), folds, seed) : Folds.read(split);
    TrainingRun training =
        new TrainingRun(
            run,
            cases,
            data == null
                ? "%d phantoms of series %d".formatted(phantoms, phantomSeed)
                : "%d cases of a folder".formatted(cases.ids().size()),
            data == null ? OF_PHANTOMS : OF_DATA,
            chosen,
            leftOut(chosen.folds().size()),
            stages.stream().map(this::training).toList(),
            validateOn,
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    if (resume) {
      training.resume();
    } else {
      training.begin();
    }
    return StopSignal.heardBy(
        stop -> {
          training.run(models, name, new Lines(), stop).forEach(System.out::println);
          return CommandLine.ExitCode.OK;
        });
  }

  private DataSet dataSet() throws IOException {
    return data == null
        ? new PhantomDataSet(phantomSeed, phantoms)
        : new FolderDataSet(
            data,
            label,
            otherLabels ? FolderDataSet.OtherLabels.ALLOWED : FolderDataSet.OtherLabels.REFUSED,
            new NiftiReader(MAX_INFLATED_BYTES));
  }

  private List<Integer> leftOut(int count) {
    if (fold.equals("all")) {
      return IntStream.range(0, count).boxed().toList();
    }
    try {
      return List.of(Integer.valueOf(fold));
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), "--fold must be a number or all, not '%s'.".formatted(fold), e);
    }
  }

  private Training training(Training.Stage stage) {
    return new Training(
        stage,
        new Architecture(levels, baseChannels, block, attention, deepSupervision, normalisation, 1),
        window == null ? stage.defaultWindow() : window,
        given == null ? stage.defaultSteps() : given,
        accumulate,
        learningRate,
        new Training.CentreLoss(lambda, lambdaEpochs),
        Augmentation.DEFAULT.withLeftRightFlip(leftRightFlip),
        seed);
  }

  /** Tells the progress, a line for every 20 cases or steps and for every epoch. */
  private static final class Lines implements TrainingRun.Progress {

    private final long start = System.nanoTime();
    private Training training;
    private int firstStep;
    private long firstStepAt;

    @Override
    public void prepared(int done, int of) {
      if (done % 20 == 0 || done == of) {
        System.err.printf("%d of %d cases prepared, %.0f s%n", done, of, seconds(start));
      }
    }

    @Override
    public void begins(Training next, int fold, String memory) {
      training = next;
      firstStep = 0;
      System.err.printf(
          "%s network, fold %d left out: %d steps, %s%n", stage(), fold, training.steps(), memory);
    }

    @Override
    public void step(int step, double loss) {
      if (firstStep == 0) {
        firstStep = step;
        firstStepAt = System.nanoTime();
      } else if (step % 20 == 0 || step == training.steps()) {
        double each = seconds(firstStepAt) / (step - firstStep);
        System.err.printf(
            Locale.ROOT,
            "%s: step %d of %d, Dice loss %.4f, %.0f s left%n",
            stage(),
            step,
            training.steps(),
            loss,
            each * (training.steps() - step));
      }
    }

    @Override
    public void epoch(int number, int step, double dsc, boolean best) {
      System.err.printf(
          Locale.ROOT,
          "%s: epoch %d ends, validation DSC %.4f%s%n",
          stage(),
          number,
          dsc,
          best ? ", the best so far" : "");
    }

    private String stage() {
      return training.stage().title();
    }

    private static double seconds(long since) {
      return (System.nanoTime() - since) / 1e9;
    }
  }
}
