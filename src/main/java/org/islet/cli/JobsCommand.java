package org.islet.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.islet.overview.CaseHistory;
import org.islet.overview.Overview;
import org.islet.store.Database;
import org.islet.store.JobStore;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is in work, what waits and what became of the rest. */
@Command(
    name = "jobs",
    header = "Shows the cases in work, those that wait, and what became of the rest.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the cases in work with the stages that have ended, those that wait with their place and",
      "when they are likely to begin, the latest that have ended, requests that were refused and doors",
      "that are shut; with CASE, all that is known of that one. Answers whether the service runs or not."
    },
    footer = {
      "",
      "Example: ./islet jobs --home DIR --watch",
      "Names of files are shown here, though they are in no log."
    })
public final class JobsCommand implements Callable<Integer> {

  /** What other programs end with when nobody reads what they print (SIGPIPE). */
  private static final int READER_GONE = 141;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CASE", arity = "0..1", description = "The case to show.")
  private String caseId;

  @Mixin private RecordOptions options;

  @Option(
      names = "--all",
      description =
          "Shows all cases, not only the first "
              + Overview.NEXT
              + " in work or waiting and the latest "
              + Overview.LATEST
              + " that have ended.")
  private boolean all;

  @ArgGroup private Form form = new Form();

  /** How it is shown; once and as tables where nothing is given. */
  private static final class Form {

    @Option(
        names = "--watch",
        description =
            "Shows it each second anew until Ctrl-C, or until CASE has ended; where stdout is no"
                + " terminal, a line for each change.")
    private boolean watch;

    @Option(names = "--json", description = "Prints it as JSON.")
    private boolean json;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (form.watch) {
      return watch();
    }
    print(caseId == null ? overview() : history());
    return CommandLine.ExitCode.OK;
  }

  private int watch() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Watch watch = new Watch(out);
    if (caseId == null) {
      watch.overviews(this::look);
    } else {
      watch.history(this::lookAtCase);
    }
    return Output.isLost(out) ? READER_GONE : CommandLine.ExitCode.OK;
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text.stripTrailing());
    out.flush();
  }

  private String overview() {
    Overview seen = look();
    return form.json ? seen.json() : seen.text();
  }

  private String history() {
    CaseHistory seen = lookAtCase();
    return form.json ? seen.json() : seen.text();
  }

  private Overview look() {
    try (Database database = options.open()) {
      return Overview.of(
          new JobStore(database),
          options.rules(),
          all ? Integer.MAX_VALUE : Overview.NEXT,
          all ? Integer.MAX_VALUE : Overview.LATEST);
    }
  }

  private CaseHistory lookAtCase() {
    try (Database database = options.open()) {
      return CaseHistory.of(new JobStore(database), options.rules(), caseId)
          .orElseThrow(
              () ->
                  new ParameterException(
                      spec.commandLine(),
                      "There is no case '%s' in the record. ./islet jobs --all shows those that there are."
                          .formatted(caseId)));
    }
  }
}
