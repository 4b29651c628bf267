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

  private final Thread whenAsked = new Thread(this::askAndWait, "stop");
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean asked;

  private StopSignal() {}

  /**
   * Runs work that looks now and then whether it was asked to stop.
   *
   * @return the work's exit code
   */
  static int heardBy(Work work) throws IOException {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.whenAsked);
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
    System.err.println("islet: stopping after the step under way");
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(whenAsked);
    } catch (IllegalStateException e) {
      // The process is ending already, and nobody waits any more.
    }
  }

  @Override
  public boolean getAsBoolean() {
    return asked;
  }
}
