package org.islet.cli;

import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.islet.job.FailureText;
import org.islet.load.LoadPlan;
import org.islet.load.LoadReport;
import org.islet.load.LoadRun;
import org.islet.load.Originals;
import org.islet.queue.QueueService;
import org.islet.store.Priority;
import org.islet.volume.Size;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Load for a service. */
@Command(
    name = "load",
    header = "Sends a service many requests, and tells how it keeps up.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends requests to the queue of a service that runs, each of a CT of its own, and waits for the",
      "answers. Prints how many came to what, how many a second, and how long each part took. The CTs",
      "are phantoms, or copies of FILES with the same voxels in other bytes; they lie in a folder that",
      "requests may name, and are deleted when they are answered, and at the end."
    },
    footer = {
      "",
      "Example: ./islet load --home DIR --cases 100 --rate 0.5",
      "Exit codes: 0 each request has a result, 1 some have none, 2 wrong usage."
    })
public final class LoadCommand implements Callable<Integer> {

  private static final int MOST_CASES = 1_000_000;
  private static final int MOST_ON_DISK = 1000;
  private static final int PHANTOMS = 4;
  private static final long LEFT_ON_DISK = 1L << 30;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILES",
      arity = "0..*",
      description = "CTs to copy, .nii or .nii.gz; without them, phantoms are made.")
  private List<Path> files = List.of();

  @Mixin private RecordOptions options;

  @Option(
      names = "--cases",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many requests (default: ${DEFAULT-VALUE}).")
  private int cases;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "0",
      description =
          "How many of them in a second, whether earlier ones are answered or not; 0 for as fast as"
              + " the broker takes them (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--size",
      paramLabel = "X,Y,Z",
      converter = SizeConverter.class,
      description =
          "Voxels of each phantom along x, y and z (default: 256,256,120; the bundled route finds"
              + " nothing in much smaller ones, and has less to do then).")
  private Size size;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the phantoms (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--route", paramLabel = "NAME", description = "The route to ask for.")
  private Optional<String> route = Optional.empty();

  @Option(
      names = "--priority",
      paramLabel = "P",
      converter = PriorityConverter.class,
      description = "The priority to ask for: urgent, routine or off-peak.")
  private Optional<Priority> priority = Optional.empty();

  @Option(
      names = "--inputs",
      paramLabel = "FOLDER",
      description =
          "Below which folder the CTs are to lie (default: the first of islet.queue.roots, else"
              + " DIR/inputs).")
  private Optional<Path> inputs = Optional.empty();

  @Option(
      names = "--reply",
      paramLabel = "ADDRESS",
      description =
          "Where replies go, a queue, or queue:NAME or topic:NAME, that nobody else reads (default: a"
              + " queue of its own, which the broker has to make by itself).")
  private Optional<String> reply = Optional.empty();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "How many requests may be unanswered, and their CTs on the disk, at one time; more wait,"
              + " and count as late (default: "
              + MOST_ON_DISK
              + "; all with --intake-only).")
  private Integer inFlight;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = PatienceConverter.class,
      description = "Ends when nothing was heard for so long (default: ${DEFAULT-VALUE}).")
  private Duration patience;

  @Option(
      names = "--intake-only",
      description =
          "Waits until requests are accepted, not for answers. The CTs stay, for the service to work"
              + " on.")
  private boolean intakeOnly;

  @Option(names = "--keep", description = "Leaves the CTs where they are.")
  private boolean keep;

  @Option(names = "--json", description = "Prints what came of it as JSON.")
  private boolean json;

  /** Reads a priority's word. */
  private static final class PriorityConverter implements ITypeConverter<Priority> {
    @Override
    public Priority convert(String word) {
      return Priority.of(word)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "one of %s was expected.".formatted(Priority.words())));
    }
  }

  /** Reads a time such as {@code 90s}. */
  private static final class PatienceConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        Duration time = DurationConverter.parseDuration(text);
        if (time.compareTo(Duration.ofSeconds(1)) >= 0
            && time.compareTo(Duration.ofDays(30)) <= 0) {
          return time;
        }
      } catch (IllegalArgumentException e) {
        // told below
      }
      throw new TypeConversionException("a time such as 90s or 10m, from 1s to 30d, was expected.");
    }
  }

  @Override
  public Integer call() throws IOException {
    requireUsable();
    try (QueueService queue = options.queue()) {
      queue.probe();
      if (queue.trouble().isPresent()) {
        return fail(
            "The broker cannot be reached (%s). Start the service, or set ISLET_QUEUE_PORT or ISLET_QUEUE_URL as it has."
                .formatted(queue.trouble().get()));
      }
      return StopSignal.heardBy(() -> {}, stop -> run(queue, stop));
    } catch (JMSRuntimeException e) {
      return fail(
          "The broker does not take part (%s). Where it makes no queues by itself, make one for replies and name it as --reply."
              .formatted(FailureText.ofCause(e)));
    }
  }

  private void requireUsable() {
    if (cases < 1 || cases > MOST_CASES) {
      throw usage(
          "--cases: from 1 to %d requests can be sent, not %d.".formatted(MOST_CASES, cases));
    }
    if (!(rate >= 0 && rate <= 1e6)) {
      throw usage("--rate: from 0 to 1000000 a second were expected, not %s.".formatted(rate));
    }
    if (inFlight != null && inFlight < 1) {
      throw usage("--in-flight: at least 1 was expected, not %d.".formatted(inFlight));
    }
    if (size != null && !files.isEmpty()) {
      throw usage("--size: it is of phantoms; leave it out where FILES are given.");
    }
  }

  private int run(QueueService queue, BooleanSupplier stop) throws IOException {
    String run = name();
    Path folder = Files.createDirectory(root().resolve(run));
    try (Originals originals = originals(folder)) {
      requireSpace(originals, folder);
      LoadRun load = new LoadRun(run, plan(), originals, folder, stop);
      LoadReport report;
      try (LoadProgress progress = LoadProgress.onStderr(load::state, cases)) {
        progress.start();
        report = load.run(queue);
      }
      print(json ? report.json() : report.text(), folder);
      return report.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } finally {
      deleteEmpty(folder);
    }
  }

  /** Of the time and at random; it is in no other run's name. */
  private static String name() {
    return "islet-load-%s-%s"
        .formatted(
            LocalDateTime.now(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")),
            UUID.randomUUID().toString().substring(0, 8));
  }

  /** As the service knows it, whatever links lead there. */
  private Path root() throws IOException {
    Path root = inputs.orElseGet(options::inputs);
    if (!Files.isDirectory(root)) {
      throw usage(
          "There is no folder %s for the CTs. Give the --home of ./islet serve, which makes it, or as --inputs a folder of its islet.queue.roots."
              .formatted(root));
    }
    if (!Files.isWritable(root)) {
      throw usage("%s may not be written. Give whoever runs this leave to.".formatted(root));
    }
    return root.toRealPath();
  }

  private Originals originals(Path folder) throws IOException {
    if (files.isEmpty()) {
      Size voxels = size == null ? new Size(256, 256, 120) : size;
      return Originals.phantoms(folder, voxels, seed, Math.min(cases, PHANTOMS));
    }
    try {
      return Originals.files(files);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private int onDisk() {
    return Math.min(cases, intakeOnly || keep ? cases : mostInFlight());
  }

  private int mostInFlight() {
    return inFlight != null ? inFlight : intakeOnly ? cases : MOST_ON_DISK;
  }

  private void requireSpace(Originals originals, Path folder) throws IOException {
    long needed = onDisk() * originals.largest();
    long free = folder.toFile().getUsableSpace();
    if (needed + LEFT_ON_DISK > free) {
      throw usage(
          "%d CTs at one time take %d MiB, and 1024 are to be left, but %s has %d MiB free. Give a smaller --in-flight or --cases."
              .formatted(onDisk(), needed >> 20, folder.getParent(), free >> 20));
    }
  }

  private LoadPlan plan() {
    return new LoadPlan(
        cases,
        rate,
        mostInFlight(),
        route,
        priority.map(Priority::word),
        reply,
        intakeOnly,
        keep,
        patience);
  }

  private void print(String report, Path folder) {
    spec.commandLine().getOut().println(report.stripTrailing());
    spec.commandLine().getOut().flush();
    if (keep || intakeOnly) {
      spec.commandLine()
          .getErr()
          .println(
              "The CTs stay in %s. Delete it when the service is through with them."
                  .formatted(folder));
    }
  }

  private static void deleteEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // CTs are kept there.
    }
  }

  private int fail(String sentence) {
    spec.commandLine().getErr().println(sentence);
    return CommandLine.ExitCode.SOFTWARE;
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
