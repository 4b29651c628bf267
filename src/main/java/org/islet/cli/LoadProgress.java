package org.islet.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;
import org.islet.load.LoadRun.State;

/**
 * Shows how a load gets on: on a terminal as one line that is written anew each second, elsewhere
 * as a line every ten.
 */
final class LoadProgress implements AutoCloseable {

  private static final int BAR = 24;
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  private final PrintStream err;
  private final boolean terminal;
  private final Supplier<State> state;
  private final int cases;
  private final Timer clock = new Timer("progress", true);

  private LoadProgress(PrintStream err, boolean terminal, Supplier<State> state, int cases) {
    this.err = err;
    this.terminal = terminal;
    this.state = state;
    this.cases = cases;
  }

  static LoadProgress onStderr(Supplier<State> state, int cases) {
    return new LoadProgress(System.err, Boolean.getBoolean("launcher.terminal"), state, cases);
  }

  /** Shows it from now on. */
  void start() {
    long millis = (terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
    clock.schedule(
        new TimerTask() {
          @Override
          public void run() {
            show();
          }
        },
        millis,
        millis);
  }

  private void show() {
    State now = state.get();
    String line =
        "%s %d of %d through, %d sent, %d confirmed"
            .formatted(
                ProgressBar.of(now.through(), cases, BAR),
                now.through(),
                cases,
                now.sent(),
                now.confirmed());
    if (terminal) {
      err.print("\r\033[K" + line);
      err.flush();
    } else {
      err.println(line);
    }
  }

  @Override
  public void close() {
    clock.cancel();
    if (terminal) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
