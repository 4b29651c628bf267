package org.islet.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.islet.queue.BrokerSettings;
import org.islet.queue.EmbeddedBroker;

/** A broker in a process of its own, as an outside one is. */
final class BrokerProcess implements AutoCloseable {

  private final Process process;

  private BrokerProcess(Process process) {
    this.process = process;
  }

  static BrokerProcess start(Path folder, int port) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new BrokerProcess(
        new ProcessBuilder(
                java,
                "-Xmx200m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                folder.toString(),
                String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolveSibling("broker.txt").toFile())
            .start());
  }

  /** Runs the broker until the process is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    BrokerSettings settings =
        new BrokerSettings(
            Path.of(arguments[0]),
            "127.0.0.1",
            Integer.parseInt(arguments[1]),
            "",
            "",
            Set.of("islet.requests", "islet.requests.dead"),
            Set.of("islet.events"));
    try (EmbeddedBroker broker = new EmbeddedBroker(settings)) {
      System.out.println("at " + broker.port());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /** Kills the process (SIGKILL on Unix) and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
