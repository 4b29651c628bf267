package org.islet.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process of its own that publishes, or begins to and goes no further, until it is killed. */
final class OtherProcess implements AutoCloseable {

  private final Process process;

  private OtherProcess(Process process) {
    this.process = process;
  }

  /** Writes a result and then waits for good before it appears. */
  static OtherProcess thatWaits(Path root) throws IOException {
    return start("wait", root);
  }

  /** Publishes one result after the other. */
  static OtherProcess thatGoesOn(Path root) throws IOException {
    return start("go on", root);
  }

  private static OtherProcess start(String how, Path root) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new OtherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx100m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                OtherProcess.class.getName(),
                how,
                root.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process at once, whatever it is at. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** What the process does: how, and where. */
  public static void main(String... arguments) throws IOException {
    ResultFolder results = new ResultFolder(Path.of(arguments[1]));
    if (arguments[0].equals("wait")) {
      results.publish(Published.segmentation("waits"), OtherProcess::never);
    }
    String name = "p" + ProcessHandle.current().pid();
    for (int i = 0; ; i++) {
      results.publish(Published.segmentation(name + "-" + i), () -> true);
    }
  }

  private static boolean never() {
    try {
      TimeUnit.MINUTES.sleep(10);
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this.", e);
    }
  }
}
