package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node of RabbitMQ (Debian's package) of our own, with its plug-in for AMQP 1.0. */
final class RabbitMq implements AutoCloseable {

  private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  private final int port = freePort();
  private final Path out;
  private final Process names;
  private final Process node;

  /** Starts a node in a folder. Skips the test where there is no RabbitMQ. */
  RabbitMq(Path folder) throws IOException {
    assumeTrue(Files.isExecutable(SERVER), "There is no " + SERVER + ".");
    int namesPort = freePort();
    out = folder.resolve("out.txt");
    Path plugins = Files.writeString(folder.resolve("plugins"), "[rabbitmq_amqp1_0].\n");
    Path nothing = Files.createFile(folder.resolve("nothing"));
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("HOME", folder.toString()),
            Map.entry("ERL_EPMD_PORT", String.valueOf(namesPort)),
            Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
            Map.entry("RABBITMQ_NODENAME", "islet-test@localhost"),
            Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
            Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
            Map.entry("RABBITMQ_DIST_PORT", String.valueOf(freePort())),
            Map.entry(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-kernel inet_dist_use_interface {127,0,0,1}"),
            Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
            Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
            Map.entry("RABBITMQ_LOGS", "-"),
            Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString()),
            Map.entry("RABBITMQ_CONF_ENV_FILE", nothing.toString()),
            Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString()),
            Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()));
    names = start(environment, Path.of("/dev/null"), "epmd");
    node = start(environment, out, SERVER.toString());
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !node.isAlive() || output().contains("Server startup complete"));
      assertTrue(node.isAlive(), this::output);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static Process start(Map<String, String> environment, Path out, String command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String output() {
    try {
      return Files.readString(out);
    } catch (IOException e) {
      return e.toString();
    }
  }

  String url() {
    return "amqp://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    for (Process process : new Process[] {node, names}) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
