package org.islet.cli;

import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.islet.format.OneLine;
import org.islet.intake.FailedCts;
import org.islet.intake.FailedCts.FailedCt;
import org.islet.intake.InboxComponent;
import org.islet.job.FailureText;
import org.islet.queue.QueueService;
import org.islet.store.Database;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Another try for cases that have no result. */
@Command(
    name = "redrive",
    header = "Tries cases again that failed or were called off.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tries cases again that failed or were called off; what was tried before stays in the record.",
      "A CT that came through a folder is moved back from 'failed' into 'in', where the service takes",
      "it in anew; a case that was asked for otherwise waits for its turn again. Dead letters are sent",
      "to the queue of requests again: copied, the copy confirmed, and then deleted."
    },
    footer = {
      "",
      "Exit codes: 0 all are tried again, by --all those whose CT is there, 1 some cannot be, 2 wrong usage."
    })
public final class RedriveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CASE", arity = "0..*", description = "The cases.")
  private List<String> cases = List.of();

  @Option(
      names = "--all",
      description =
          "All that failed, and CTs that were refused before they became a case; not those that were"
              + " called off.")
  private boolean all;

  @Option(
      names = "--dead-letters",
      description =
          "The messages in the queue of dead letters; the service's broker must be there.")
  private boolean deadLetters;

  @Mixin private RecordOptions options;

  private JobStore store;
  private List<FailedCt> failed;
  private int impossible;
  private int elsewhere;

  @Override
  public Integer call() throws IOException {
    int asked = (all ? 1 : 0) + (deadLetters ? 1 : 0) + (cases.isEmpty() ? 0 : 1);
    if (asked != 1) {
      throw new ParameterException(
          spec.commandLine(), "Name the cases, or give --all, or --dead-letters.");
    }
    return deadLetters ? redriveDeadLetters() : redriveCases();
  }

  private int redriveDeadLetters() {
    try (QueueService queue = options.queue()) {
      int sent = queue.deadLetters().redrive(Integer.MAX_VALUE);
      say("%d dead letter(s) sent to the queue of requests again.".formatted(sent));
    } catch (JMSRuntimeException e) {
      refuse(
          "The broker cannot be reached (%s). Start the service, or set ISLET_QUEUE_PORT or ISLET_QUEUE_URL as it has."
              .formatted(FailureText.ofCause(e)));
    }
    return exitCode();
  }

  private int redriveCases() throws IOException {
    try (Database database = options.open()) {
      store = new JobStore(database);
      Set<String> doors = new TreeSet<>(store.listing().doors());
      doors.add(InboxComponent.DOOR);
      failed = new ArrayList<>(new FailedCts(options.home(), doors).all(this::refuseUnreadable));
      if (all) {
        redriveAll();
      } else {
        cases.forEach(this::redrive);
      }
    }
    return exitCode();
  }

  private int exitCode() {
    return impossible == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void redriveAll() {
    List<Job> jobs = store.listing().failed();
    jobs.forEach(job -> redrive(job.id()));
    failed.stream().filter(ct -> !isCalledOff(ct)).forEach(this::moveBack);
    if (jobs.isEmpty() && failed.isEmpty() && impossible == 0) {
      say("Nothing failed.");
    }
    if (elsewhere > 0) {
      say(
          "%d failed case(s) left as they are: their CTs are in no folder 'failed' of this --home."
              .formatted(elsewhere));
    }
  }

  private boolean isCalledOff(FailedCt ct) {
    return ct.caseId()
        .flatMap(store::find)
        .filter(job -> job.state() == JobState.CANCELLED)
        .isPresent();
  }

  private void redrive(String caseId) {
    Optional<Job> job = store.find(caseId);
    List<FailedCt> own =
        failed.stream().filter(ct -> ct.caseId().filter(caseId::equals).isPresent()).toList();
    failed.removeAll(own);
    if (job.isPresent() && !isWithoutResult(job.get())) {
      refuse("case %s is %s; there is nothing to try again.".formatted(caseId, words(job.get())));
    } else if (job.isPresent() && isAskedOtherwise(caseId)) {
      own.forEach(this::moveBack);
      waitAgain(caseId);
    } else if (own.isEmpty() && all) {
      elsewhere++;
    } else if (own.isEmpty()) {
      refuse(
          (job.isPresent()
                  ? "case %s: its CT is in no folder 'failed' of this --home; put it into 'in' again."
                  : "There is no case '%s' in the record.")
              .formatted(caseId));
    } else {
      own.forEach(this::moveBack);
    }
  }

  private static boolean isWithoutResult(Job job) {
    return job.state().isEnded() && !job.state().hasResult();
  }

  private static String words(Job job) {
    return job.state() == JobState.ACCEPTED ? "waiting" : job.state().word();
  }

  /** Whether a request waits for the case whose CT does not lie in a folder of failures. */
  private boolean isAskedOtherwise(String caseId) {
    return store.requests().requestsOf(caseId).stream()
        .anyMatch(request -> !FailedCts.isFolder(request.door()) || request.answeredAt() == null);
  }

  private void waitAgain(String caseId) {
    if (store.redrive(caseId)) {
      say("case %s waits for its turn again.".formatted(caseId));
    } else {
      refuse("case %s was taken up meanwhile.".formatted(caseId));
    }
  }

  private void moveBack(FailedCt ct) {
    String name = ct.caseId().map(id -> "case " + OneLine.of(id)).orElse("a refused CT");
    String folder = shown(ct.folder());
    try {
      Optional<Path> file = ct.moveBack();
      if (file.isPresent()) {
        say("%s: moved back to %s".formatted(name, shown(file.get())));
      } else if (all && ct.forget()) {
        say(
            (Files.exists(ct.folder())
                    ? "%s: its CT is in %s no more; the reason is taken away. What else lies there stays: move options"
                        + " beside their CT, if it is still to be done with them."
                    : "%s: its CT is in %s no more; the folder is taken away.")
                .formatted(name, folder));
      } else {
        refuse("%s: there is no CT in %s.".formatted(name, folder));
      }
    } catch (IOException e) {
      refuse(
          "%s: %s cannot be moved back (%s)."
              .formatted(name, folder, e.getClass().getSimpleName()));
    }
  }

  private void refuseUnreadable(Path folder, IOException e) {
    refuse(
        (e instanceof NoSuchFileException
                ? "There is no %s. Bring its drive back, or start the service, which makes it."
                : "%s cannot be looked into (%s); CTs in it are left. Give whoever runs this leave to read it.")
            .formatted(shown(folder), FailureText.withoutNames(e)));
  }

  /** A place as a terminal can show it: names of files are not ours. */
  private static String shown(Path file) {
    return OneLine.of(file.toString());
  }

  private void say(String sentence) {
    spec.commandLine().getOut().println(sentence);
    spec.commandLine().getOut().flush();
  }

  private void refuse(String sentence) {
    spec.commandLine().getErr().println(sentence);
    impossible++;
  }
}
