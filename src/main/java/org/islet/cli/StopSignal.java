package org.islet.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Lets work that is asked to end by Ctrl-C (SIGINT) or SIGTERM come to a good end first. The
 * process then ends with 128 and the signal's number, as it does without: 130 and 143.
 */
final class StopSignal implements BooleanSupplier {

  /** What is done meanwhile. */
  interface Work {
    int run(BooleanSupplier stop) throws IOException;
  }

  private final Runnable whenAsked;
  private final Thread hook = new Thread(this::askAndWait, "stop");
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean asked;

  private StopSignal(Runnable whenAsked) {
    this.whenAsked = whenAsked;
  }

  /**
   * Runs work that looks now and then whether it was asked to stop.
   *
   * @param whenAsked what to do at once when it is asked to
   * @return the work's exit code
   */
  static int heardBy(Runnable whenAsked, Work work) throws IOException {
    StopSignal signal = new StopSignal(whenAsked);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    try {
      return work.run(signal);
    } catch (IOException | RuntimeException e) {
      if (!signal.asked) {
        throw e;
      }
      System.err.println("islet: " + e.getMessage()); // the process ends before anybody else can
      return 1;
    } finally {
      signal.ended.countDown();
      signal.forget();
    }
  }

  private void askAndWait() {
    asked = true;
    whenAsked.run();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and nobody waits any more.
    }
  }

  @Override
  public boolean getAsBoolean() {
    return asked;
  }
}
