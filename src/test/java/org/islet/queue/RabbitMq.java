package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node of RabbitMQ (Debian's package) of our own, with its plug-in for AMQP 1.0. */
public final class RabbitMq implements AutoCloseable {

  private static final Path BIN = Path.of("/usr/lib/rabbitmq/bin");
  private static final Path SERVER = BIN.resolve("rabbitmq-server");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port = freePort();
  private final Path folder;
  private final Path out;
  private final Map<String, String> environment;
  private final Process names;
  private Process node;

  private RabbitMq(Path folder) throws IOException {
    this.folder = folder;
    out = folder.resolve("out.txt");
    Files.writeString(folder.resolve("plugins"), "[rabbitmq_amqp1_0].\n");
    Files.createFile(folder.resolve("nothing"));
    environment = environment();
    names = start(Redirect.DISCARD, "epmd");
    try {
      start();
      define();
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a node in a folder and makes the queues that the documentation names, or skips the test
   * where there is no RabbitMQ.
   */
  public static RabbitMq startOrSkip(Path folder) throws IOException {
    assumeTrue(
        Files.isExecutable(SERVER),
        "RabbitMQ is not installed (Debian: rabbitmq-server): " + SERVER);
    return new RabbitMq(folder);
  }

  private Map<String, String> environment() throws IOException {
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()),
        Map.entry("ERL_EPMD_PORT", String.valueOf(freePort())),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODENAME", "islet-test@localhost"),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(freePort())),
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
        Map.entry("RABBITMQ_LOGS", "-"),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("nothing").toString()),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString()),
        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()));
  }

  private void start() throws IOException {
    node = start(Redirect.to(out.toFile()), SERVER.toString());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !node.isAlive() || output().contains("Server startup complete"));
    assertTrue(node.isAlive(), this::output);
  }

  private Process start(Redirect out, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(out).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String output() {
    return read(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Where it is reached by AMQP, with the options that name its queues and topics. */
  public String url() {
    return "amqp://127.0.0.1:%d?jms.queuePrefix=/amq/queue/&jms.topicPrefix=/topic/"
        .formatted(port);
  }

  /** Makes the queues as the documentation says; again, where the node left one out. */
  private void define() throws IOException {
    Path definitions = Path.of("docs/rabbitmq-queues.json").toAbsolutePath();
    List<String> names =
        new ObjectMapper().readTree(definitions.toFile()).path("queues").findValuesAsText("name");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              control("import_definitions", definitions.toString());
              return control("list_queues", "--quiet", "name").lines().toList();
            },
            there -> there.containsAll(names));
  }

  private String control(String... arguments) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    String[] command =
        Stream.concat(Stream.of(BIN.resolve("rabbitmqctl").toString()), Stream.of(arguments))
            .toArray(String[]::new);
    Process process = start(Redirect.to(said.toFile()), command);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, () -> read(said));
    return read(said);
  }

  /** How many messages of a queue its consumers have, and did not acknowledge. */
  int unacknowledged(String queue) throws IOException, InterruptedException {
    String[] asked = {"list_queues", "--quiet", "name", "messages_unacknowledged"};
    return control(asked)
        .lines()
        .map(line -> line.split("\\s+", -1))
        .filter(words -> words[0].equals(queue))
        .mapToInt(words -> Integer.parseInt(words[1]))
        .findFirst()
        .orElseThrow();
  }

  /** Kills the node (SIGKILL on Unix) and starts it again with what it had. */
  public void crashAndRestart() throws IOException {
    kill(node);
    start();
  }

  private static void kill(Process process) {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    await().atMost(PATIENCE).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Override
  public void close() {
    if (node != null) {
      kill(node);
    }
    kill(names);
  }
}
