package org.islet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.dataset.DataSetProblemsException;
import org.islet.dataset.FolderDataSet;
import org.islet.dataset.FolderDataSet.OtherLabels;
import org.islet.dataset.Folds;
import org.islet.evaluate.CaseTable;
import org.islet.evaluate.Evaluation;
import org.islet.evaluate.Pairing;
import org.islet.evaluate.Report;
import org.islet.evaluate.ReportFolder;
import org.islet.evaluate.ScoresJson;
import org.islet.evaluate.Stages;
import org.islet.evaluate.Subject;
import org.islet.evaluate.Tables;
import org.islet.format.NiftiReader;
import org.islet.job.DirectCases;
import org.islet.publish.ResultFolder;
import org.islet.train.TrainedRuns;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scores a route over labelled CTs, or masks that are there already. */
@Command(
    name = "evaluate",
    header = "Scores a route over labelled CTs, or masks against references.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a route over labelled CTs, or reads masks that are there already, and compares with the"
          + " truth, case by case: DSC, recall and IoU of the bounding boxes, HD95 and average surface"
          + " distance (ASD) in mm, the difference in volume in ml (found less truth), and isolated"
          + " false positives (FP): how many connected parts touch no voxel of the truth, and their"
          + " volume in ml.",
      "With --out it writes tables.md, scores.csv, scores.json, a box plot of each metric, and"
          + " pictures of the worst cases where it knows the CTs.",
      "The sd is the sample's (n − 1). HD95 and ASD have no value where one mask is empty."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every case was scored",
      "1:a partner is missing, or a case failed or could not be read or compared",
      "2:wrong usage, or no cases"
    },
    footer = {
      "",
      "Example: ./islet evaluate --data DIR --route pancreas-two-stage --out DIR",
      "         ./islet evaluate --predictions results --references labels"
    })
public final class EvaluateCommand extends EngineCommand {

  private static final int WORST = 3;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--label",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "The organ's value in the labels, the references, and predictions that are plain files"
              + " (default: ${DEFAULT-VALUE}); voxels of other values are outside. In Islet's"
              + " results it is always 1.")
  private int label;

  @Option(
      names = "--folds",
      paramLabel = "FILE",
      description =
          "A split as JSON, {\"seed\": 1, \"folds\": [[\"case-1\", \"case-2\"], [\"case-3\"]]}: table 1"
              + " has a row for each fold, and cases in none are left out.")
  private Path folds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write; made where it does not exist, else empty. --data needs it.")
  private Path out;

  @Option(
      names = "--worst",
      paramLabel = "N",
      description =
          "How many of the worst cases to draw (default: "
              + WORST
              + "), where the CTs are known and --out is given.")
  private Integer worst;

  @Option(names = "--json", description = "Prints one JSON document in place of tables.")
  private boolean json;

  /** What is evaluated. */
  static final class Source {
    @ArgGroup(exclusive = false)
    private RouteSource route;

    @ArgGroup(exclusive = false)
    private MaskSource masks;
  }

  /** A route, and labelled CTs. */
  static final class RouteSource {
    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description =
            "Labelled CTs: images/ and labels/ with files of the same names, or imagesTr/ and"
                + " labelsTr/ as nnU-Net has them.")
    private Path data;

    @Option(
        names = "--route",
        paramLabel = "NAME",
        defaultValue = "pancreas-two-stage",
        description = "The route (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
        names = "--run",
        paramLabel = "RUN",
        description =
            "A run of ./islet train --fold all: each case is met by the models that it trained with"
                + " the case's fold left out, in place of the route's NAME-coarse and NAME-fine;"
                + " table 1 has a row for each fold. May be given more than once, as where the two"
                + " networks, or the folds, were trained in runs of their own with one split.")
    private List<Path> runs = List.of();

    @Option(
        names = "--stage-1",
        paramLabel = "SLOT",
        description = "The mask of stage 1 (default: coarse-full, if the route writes it).")
    private Optional<String> stage1;

    @Option(
        names = "--stage-2",
        paramLabel = "SLOT",
        description = "The mask of stage 2 (default: the route's result).")
    private Optional<String> stage2;
  }

  /** Masks that are there already. */
  static final class MaskSource {
    @Option(
        names = "--predictions",
        required = true,
        paramLabel = "DIR",
        description =
            "Holds a NIfTI file for each case, named as its reference, or Islet's result folders.")
    private Path predictions;

    @Option(
        names = "--references",
        required = true,
        paramLabel = "DIR",
        description = "Holds a NIfTI file (.nii, .nii.gz, .hdr) for each case.")
    private Path references;

    @Option(
        names = "--images",
        paramLabel = "DIR",
        description =
            "Holds the CT of each case, named as its reference, perhaps with nnU-Net's _0000: with"
                + " --out the worst cases are drawn.")
    private Path images;
  }

  @Override
  boolean needsEngine() {
    return source != null && source.route != null;
  }

  @Override
  public Integer call() throws IOException {
    if (out != null) {
      requireEmpty(out);
    }
    return needsEngine() ? evaluate(source.route) : evaluate(source.masks);
  }

  private int evaluate(RouteSource of) throws IOException {
    if (out == null) {
      throw usage("--data needs --out, a folder for the tables and each case's result.");
    }
    requireFolder("--data", of.data);
    FolderDataSet data;
    EvaluatedRoute opened;
    try {
      data = new FolderDataSet(of.data, label, OtherLabels.ALLOWED, engine().reader());
      opened = route(of, data.ids());
    } catch (DataSetProblemsException | IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    try (EvaluatedRoute route = opened) {
      return evaluate(route, subject(of, route), data);
    }
  }

  private Subject subject(RouteSource of, EvaluatedRoute route) {
    try {
      return route.subject(of.data.toString(), of.stage1, of.stage2);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private int evaluate(EvaluatedRoute route, Subject subject, FolderDataSet data)
      throws IOException {
    Files.createDirectories(out);
    WorstCases pictures = worstCases();
    RouteEvaluation evaluation =
        new RouteEvaluation(
            new DirectCases(engine().segmenter(), new ResultFolder(out.resolve("results"))),
            route,
            pictures);
    Report report = evaluation.run(subject, data, err()::println);
    ReportFolder.write(report, pictures.write(out), out);
    return tell(report, new Tables(report).document());
  }

  private EvaluatedRoute route(RouteSource of, List<String> cases) throws IOException {
    if (of.runs.isEmpty()) {
      return EvaluatedRoute.of(engine().routes().open(of.name), split(cases));
    }
    if (folds != null) {
      throw usage("--run has a split of its own; leave out --folds.");
    }
    TrainedRuns runs = TrainedRuns.in(of.runs);
    runs.split().requireAllIn(cases);
    return new CrossValidatedRoute(runs, engine().models()::id, engine()::routes).of(of.name);
  }

  private int evaluate(MaskSource of) throws IOException {
    requireFolder("--predictions", of.predictions);
    requireFolder("--references", of.references);
    requirePicturesOfUse(of);
    Pairing pairing = Pairing.of(of.predictions, of.references, label);
    if (pairing.names().isEmpty()) {
      throw usage("There is no NIfTI file (.nii, .nii.gz, .hdr) in " + of.references + ".");
    }
    pairing.unused().forEach(p -> err().println("No reference belongs to " + p + "; left out."));
    Subject subject =
        new Subject(
            "Masks in " + of.predictions,
            of.references.toString(),
            new Stages(Optional.empty(), Pairing.PREDICTION),
            Set.of(),
            split(pairing.names()));
    NiftiReader reader = new NiftiReader(NiftiReader.AMPLE_BYTES);
    WorstCases pictures = of.images == null ? new WorstCases(0) : worstCases();
    Map<String, Path> cts =
        of.images == null ? Map.of() : MaskPictures.ctsIn(of.images, Set.copyOf(pairing.names()));
    Pairing.Listener drawing = new MaskPictures(cts, reader, pictures, err()::println);
    Report report =
        new Evaluation(subject, err()::println)
            .run(pairing.scorings(reader, drawing), pairing.problems());
    if (out != null) {
      Files.createDirectories(out);
      ReportFolder.write(report, pictures.write(out), out);
    }
    return tell(report, CaseTable.of(report));
  }

  private void requirePicturesOfUse(MaskSource of) {
    if (of.images == null && worst != null) {
      throw usage("--worst draws masks over their CTs: give --images too.");
    }
    if (of.images != null) {
      requireFolder("--images", of.images);
      if (out == null) {
        throw usage("--images is for the pictures of the worst cases: give --out too.");
      }
    }
  }

  private WorstCases worstCases() {
    return new WorstCases(worst == null ? WORST : worst);
  }

  private int tell(Report report, String tables) {
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(json ? ScoresJson.of(report) : tables);
    stdout.flush();
    report.warnings().forEach((model, warning) -> err().println(model + ": " + warning));
    report.problems().forEach(problem -> err().println("Not evaluated: " + problem));
    return report.problems().isEmpty() ? 0 : 1;
  }

  /** The split that was asked for, if any. All its cases must be among those given. */
  private Optional<Folds> split(Collection<String> cases) throws IOException {
    if (folds == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SplitFile("--folds", folds).readOf(cases));
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void requireFolder(String option, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw usage("%s: there is no folder %s.".formatted(option, folder.toAbsolutePath()));
    }
  }

  private void requireEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw usage("--out: %s is not empty; choose another, or empty it.".formatted(folder));
        }
      }
    } else if (Files.exists(folder)) {
      throw usage("--out: %s is a file, not a folder.".formatted(folder));
    }
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
