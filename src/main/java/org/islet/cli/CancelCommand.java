package org.islet.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.islet.store.Database;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cases called off. */
@Command(
    name = "cancel",
    header = "Calls cases off.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Calls cases off: at once where they wait, after the stage under way where they are running.",
      "Whoever asked is told; ./islet redrive tries them again."
    },
    footer = {"", "Exit codes: 0 all are called off, 1 some cannot be, 2 wrong usage."})
public final class CancelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CASE", arity = "1..*", description = "The cases.")
  private List<String> cases;

  @Mixin private RecordOptions options;

  @Override
  public Integer call() {
    try (Database database = options.open()) {
      JobStore store = new JobStore(database);
      long off = cases.stream().filter(caseId -> callOff(store, caseId)).count();
      return off == cases.size() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private boolean callOff(JobStore store, String caseId) {
    boolean off = store.callOff(caseId);
    Optional<Job> job = store.find(caseId);
    if (off) {
      boolean running = job.filter(j -> j.state() == JobState.RUNNING).isPresent();
      spec.commandLine()
          .getOut()
          .printf(
              running ? "case %s ends after the stage under way.%n" : "case %s is called off.%n",
              caseId);
      spec.commandLine().getOut().flush();
    } else {
      spec.commandLine()
          .getErr()
          .println(
              job.map(j -> "case %s has ended: %s.".formatted(caseId, j.state().word()))
                  .orElse("There is no case '%s' in the record.".formatted(caseId)));
    }
    return off;
  }
}
