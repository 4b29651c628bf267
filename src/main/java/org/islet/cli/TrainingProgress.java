package org.islet.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.islet.train.Training;
import org.islet.train.TrainingRun;

/**
 * Shows how a training gets on: on a terminal as one line that is written anew for each step,
 * elsewhere as a line for every 20 cases or steps and for every epoch.
 */
final class TrainingProgress implements TrainingRun.Progress, AutoCloseable {

  private static final int BAR = 16;
  private static final int EVERY = 20;

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long start;
  private TimeLeft timeLeft;
  private Training training;
  private int fold;
  private String dsc = "–";
  private boolean lineIsOpen;

  /**
   * @param err where it is shown
   * @param terminal whether that is one
   * @param nanoTime a clock, in nanoseconds
   */
  TrainingProgress(PrintStream err, boolean terminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  @Override
  public synchronized void prepared(int done, int of) {
    String text =
        "%d of %d cases prepared, %s".formatted(done, of, clock(nanoTime.getAsLong() - start));
    if (terminal) {
      rewrite(text);
    } else if (done % EVERY == 0 || done == of) {
      tell(text);
    }
  }

  @Override
  public synchronized void planned(List<Training> trainings, List<Integer> leftOut) {
    timeLeft = new TimeLeft(trainings, leftOut, nanoTime);
  }

  @Override
  public synchronized void begins(Training next, int leftOut, String memory) {
    training = next;
    fold = leftOut;
    dsc = "–";
    timeLeft.begins(next, leftOut);
    tell(
        "%s network, fold %d left out: %d steps, %s"
            .formatted(next.stage().title(), leftOut, next.steps(), memory));
  }

  @Override
  public synchronized void step(int step, double loss) {
    OptionalDouble seconds = timeLeft.after(step);
    String left = seconds.isEmpty() ? "-:--:--" : clock((long) (1e9 * seconds.getAsDouble()));
    String stage = training.stage().title();
    int steps = training.steps();
    if (terminal) {
      rewrite(
          "%s, fold %d %s %d/%d, Dice loss %.4f, DSC %s, %s left",
          stage, fold, ProgressBar.of(step, steps, BAR), step, steps, loss, dsc, left);
    } else if (step % EVERY == 0 || step == steps) {
      tell("%s: step %d of %d, Dice loss %.4f, %s left", stage, step, steps, loss, left);
    }
  }

  @Override
  public synchronized void epoch(int number, int step, double mean, boolean best) {
    dsc = String.format(Locale.ROOT, "%.4f", mean);
    if (!terminal) {
      tell(
          "%s: epoch %d ends, validation DSC %s%s",
          training.stage().title(), number, dsc, best ? ", the best so far" : "");
    }
  }

  /** The training was asked to stop. */
  synchronized void stopping() {
    tell("islet: stopping after the step under way");
  }

  /** Ends the line, so that others may write. */
  @Override
  public synchronized void close() {
    if (lineIsOpen) {
      err.println();
      lineIsOpen = false;
    }
  }

  private void rewrite(String format, Object... values) {
    err.print("\r\033[K" + String.format(Locale.ROOT, format, values));
    err.flush();
    lineIsOpen = true;
  }

  private void tell(String format, Object... values) {
    close();
    err.println(String.format(Locale.ROOT, format, values));
  }

  /** A duration as h:mm:ss. */
  private static String clock(long nanoseconds) {
    long seconds = Math.round(nanoseconds / 1e9);
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
