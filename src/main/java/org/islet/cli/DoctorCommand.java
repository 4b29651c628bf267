package org.islet.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.islet.doctor.Doctor;
import org.islet.doctor.Finding;
import org.islet.doctor.Inside;
import org.islet.doctor.Verdict;
import org.islet.model.InferenceMemory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is right and wrong with an installation. */
@Command(
    name = "doctor",
    header =
        "Looks whether all is there that the service needs, and says what to do where it is not.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks at Java, settings, TensorFlow and what it uses of the processor, GPUs, models, routes, the",
      "queue's broker, the database, folders and free disk, and prints a line for each: ok, note (the",
      "service works) or wrong, with what to do. It changes nothing, works while the service runs, and",
      "waits for nothing that hangs."
    },
    footer = {"", "Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage."})
public final class DoctorCommand implements Callable<Integer> {

  private static final int VERDICT_WIDTH = 5;

  @Spec private CommandSpec spec;

  @Mixin private RecordOptions options;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "How long each look may take, which is 10 s, and 60 s for TensorFlow and models, where"
              + " this is not given.")
  private Integer patience;

  @Option(names = Doctor.INSIDE, hidden = true)
  private Inside inside;

  @Override
  public Integer call() throws InterruptedException {
    if (patience != null && (patience < 1 || patience > 3600)) {
      throw new ParameterException(spec.commandLine(), "--patience must be from 1 to 3600.");
    }
    SettingsAtOnce settings = new SettingsAtOnce();
    if (inside != null) {
      InferenceMemory memory = new InferenceMemory(settings.inferenceMemory());
      inside.tell(settings.models(), memory, settings.processor(), System.out);
      return CommandLine.ExitCode.OK;
    }
    List<Finding> findings =
        doctor(settings).findings(Optional.ofNullable(patience).map(Duration::ofSeconds));
    print(findings);
    return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.WRONG)
        ? CommandLine.ExitCode.SOFTWARE
        : CommandLine.ExitCode.OK;
  }

  private List<Doctor.Place> places(SettingsAtOnce settings) {
    String usual = options.home().resolve(ResultParts.RESULTS).toString();
    List<Doctor.Place> places = new ArrayList<>();
    places.add(
        new Doctor.Place("results", "islet.results", settings.results().orElse(usual), true, true));
    settings
        .carried()
        .ifPresent(
            where -> places.add(new Doctor.Place("carried", "islet.carried", where, true, false)));
    if (settings.queueEnabled()) {
      for (String root : settings.queueRoots()) {
        places.add(new Doctor.Place("inputs", "islet.queue.roots", root, false, false));
      }
    }
    return places;
  }

  /** Whether a place is in object storage. */
  private static boolean isStored(Doctor.Place place) {
    boolean stored = ObjectStorage.isAddress(place.where());
    if (stored) {
      ObjectStorage.address(place.setting(), place.where());
    }
    return stored;
  }

  private Doctor doctor(SettingsAtOnce settings) {
    List<Doctor.Place> places = places(settings);
    boolean anyStored = places.stream().anyMatch(DoctorCommand::isStored);
    return new Doctor(
        Main.class.getName(),
        options.home(),
        options.home().resolve(Service.DATA),
        places,
        anyStored ? Optional.of(settings.s3()) : Optional.empty(),
        settings.routes(),
        settings.routes().resolve(Service.INTAKE),
        settings.stages(),
        settings.models(),
        settings.inferenceMemory(),
        settings.processor(),
        settings.store(),
        settings.queueEnabled() ? Optional.of(settings.queue()) : Optional.empty(),
        settings.minFree(),
        AllowedSettings.unknown(System.getenv().keySet()));
  }

  private void print(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    int width = findings.stream().mapToInt(finding -> finding.part().length()).max().orElse(1);
    String form = "%-" + VERDICT_WIDTH + "s  %-" + width + "s  %s%s%n";
    for (Finding finding : findings) {
      String todo = finding.todo().isEmpty() ? "" : ". " + finding.todo();
      out.printf(form, finding.verdict().word(), finding.part(), finding.said(), todo);
    }
    out.println(sum(findings));
    out.flush();
  }

  private static String sum(List<Finding> findings) {
    long wrong = count(findings, Verdict.WRONG);
    return "%s, %d to note."
        .formatted(
            wrong == 0 ? "Nothing is wrong" : wrong + " thing(s) wrong",
            count(findings, Verdict.NOTE));
  }

  private static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
