package org.islet.cli;

import java.io.PrintStream;
import org.islet.job.CaseListener;
import org.islet.job.CaseResult;
import org.islet.stage.StageRun;

/**
 * Shows on stderr how a case gets on: as a bar that moves on a terminal, as a line for each stage
 * elsewhere. Names the case only by its id.
 */
class Progress implements CaseListener {

  private static final int WIDTH = 24;

  private final PrintStream err = System.err;
  private final boolean terminal;
  private int stages;
  private int ended;

  /**
   * @param terminal whether stderr is one
   */
  Progress(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether the launcher found stderr to be a terminal. */
  static Progress onStderr() {
    return new Progress(Boolean.getBoolean("launcher.terminal"));
  }

  @Override
  public synchronized void accepted(String caseId, int total) {
    stages = total;
    ended = 0;
    err.printf("case %s: %d stages%n", caseId, total);
  }

  @Override
  public synchronized void stageEnded(String caseId, StageRun run) {
    ended++;
    String what =
        "%2d/%d %-18s → %-14s %7.3f s"
            .formatted(ended, stages, run.stage(), run.output(), run.seconds());
    if (terminal) {
      err.printf("\r\033[K%s %s", ProgressBar.of(ended, stages, WIDTH), what);
      err.flush();
    } else {
      err.println(what);
    }
  }

  @Override
  public synchronized void published(CaseResult result) {
    if (terminal) {
      err.println();
    }
    err.printf(
        "case %s: %s, %.1f ml in %.1f s%n",
        result.report().caseId(),
        result.report().outcome().name().toLowerCase(java.util.Locale.ROOT),
        result.report().mask().millilitres(),
        result.report().seconds().total());
    result.report().warnings().forEach(w -> err.println("  warning: " + w));
    result.report().models().stream()
        .filter(m -> m.warning() != null)
        .forEach(m -> err.println("  " + m.id() + ": " + m.warning()));
  }
}
