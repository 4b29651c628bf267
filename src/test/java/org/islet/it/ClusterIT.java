package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.islet.disk.Disk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The cluster of {@code examples/cluster}, with its two plays, shorter than as they are documented.
 */
class ClusterIT {

  private static final String SCRIPT = "examples/cluster/cluster";
  private static final int CASES = 12;

  private Path folder;
  private Path log;

  @BeforeEach
  void up() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server")),
        "RabbitMQ is not installed (Debian: rabbitmq-server)");
    assumeTrue(
        Files.isDirectory(Path.of("/usr/lib/postgresql")),
        "PostgreSQL is not installed (Debian: postgresql)");
    folder = Files.createTempDirectory("islet-cluster");
    // PostgreSQL runs as a user of its own where this one is root.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    log = folder.resolve("cluster.log");
    assertEquals(0, cluster("up", "3"), this::said);
  }

  @AfterEach
  void down() throws Exception {
    if (log != null) {
      cluster("down");
      Disk.delete(folder);
    }
  }

  private int cluster(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = SCRIPT;
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(Map.of("CLUSTER", folder.resolve("cluster").toString(), "LEASE", "6s"));
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), this::said);
    return process.exitValue();
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void each_case_has_its_one_right_result_whatever_is_taken_away_or_replaced() throws Exception {
    assertEquals(0, cluster("trouble", String.valueOf(CASES)), this::said);
    assertEquals(0, cluster("roll", String.valueOf(CASES)), this::said);
    long told =
        said()
            .lines()
            .filter(
                line -> line.contains("%1$d of %1$d cases have their one result".formatted(CASES)))
            .count();
    assertEquals(2, told, this::said);
    assertTrue(page("jobs").startsWith("0 running, 0 waiting; %d done".formatted(2 * CASES)));
    assertTrue(page("q/metrics").contains("islet_cases_waiting{priority=\"routine\"} 0.0"));
  }

  /** What the process shows that only shows. */
  private String page(String path) throws IOException, InterruptedException {
    String web = Files.readString(folder.resolve("cluster/logs/web.log"));
    Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/").matcher(web);
    assertTrue(address.find(), web);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address.group() + path)).build(),
            BodyHandlers.ofString())
        .body();
  }
}
