package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of the service from outside: commands, health, metrics, log and traces. */
class WatchingIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATIENT = "Doe^John-1961";

  /** TensorFlow writes a line or two of its own, past all logging. */
  private static final Pattern OF_TENSORFLOW =
      Pattern.compile("(WARNING: All log messages before absl|[IWE]\\d{4} ).*");

  @TempDir Path folder;
  private HttpServer collector;
  private final List<String> traces = new CopyOnWriteArrayList<>();

  @BeforeEach
  void collectTraces() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          traces.add(new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stopCollecting() {
    collector.stop(0);
  }

  private IsletProcess serve(String... options) throws IOException {
    return IsletProcess.start(
        folder, List.of(options), "serve", "--home", folder.toString(), "--port", "0");
  }

  private static String address(IsletProcess islet) {
    Pattern address = Pattern.compile("http://127\\.0\\.0\\.1:[1-9]\\d*/q/");
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Matcher found = address.matcher(islet.err());
              return found.find() ? found.group() : "";
            },
            s -> !s.isEmpty());
  }

  private static String get(String address, int status) throws IOException, InterruptedException {
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    assertEquals(status, answer.statusCode(), answer.body());
    return answer.body();
  }

  private void assertPagesNameNobody(String root) throws Exception {
    String failed = failed();
    String page = get(root + "jobs", 200);
    assertTrue(page.contains("0 running, 0 waiting"), page);
    assertTrue(page.contains(failed + "  "), page);
    String ofCase = get(root + "jobs/" + failed, 200);
    assertTrue(ofCase.startsWith("case " + failed + ": failed, not-nifti"), ofCase);
    assertEquals(
        "There is no such case in the record.\n", get(root + "jobs/" + PATIENT.charAt(0), 404));
    var asJson =
        HttpRequest.newBuilder(URI.create(root + "jobs"))
            .header("Accept", "application/json, text/html;q=0.5")
            .build();
    String json = HttpClient.newHttpClient().send(asJson, BodyHandlers.ofString()).body();
    assertEquals(1, JSON.readTree(json).at("/cases/failed").asInt(), json);
    assertFalse((page + ofCase + json).contains("Doe"), page + ofCase + json);
  }

  private static Set<String> checks(String health) throws IOException {
    Set<String> names = new TreeSet<>();
    JSON.readTree(health).at("/checks").forEach(check -> names.add(check.at("/name").asText()));
    return names;
  }

  private void drop(String name, int seed) throws IOException {
    Path hidden = folder.resolve("arriving.nii.gz");
    Phantom phantom = Phantom.generate(seed, Phantom.wholeAbdomen(new Size(64, 64, 40)));
    NiftiWriter.write(hidden, phantom.ct());
    Files.move(hidden, folder.resolve("intake/in").resolve(name));
  }

  private String islet(int code, String... arguments) throws Exception {
    String[] all =
        Stream.of(arguments, new String[] {"--home", folder.toString()})
            .flatMap(Stream::of)
            .toArray(String[]::new);
    try (IsletProcess islet = IsletProcess.start(folder, List.of(), all)) {
      assertEquals(code, islet.exitCode(), islet.err());
      return islet.out();
    }
  }

  private void awaitCases(String state, int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> JSON.readTree(islet(0, "jobs", "--json")).at("/cases/" + state).asInt() == count);
  }

  @Test
  void a_service_can_be_watched_without_a_name_of_a_patient() throws Exception {
    String endpoint = "http://127.0.0.1:%d/v1/traces".formatted(collector.getAddress().getPort());
    int port = Trial.freePort();
    try (IsletProcess islet =
        serve(
            "-Dislet.log.json=true",
            "-Dislet.queue.port=" + port,
            "-Dislet.tracing=true",
            "-Dislet.tracing.interval=100ms",
            "-Dislet.tracing.endpoint=" + endpoint)) {
      String address = address(islet);
      drop(PATIENT + ".nii.gz", 1);
      Files.writeString(folder.resolve("intake/in").resolve(PATIENT + "-2.nii.gz"), "no CT");
      assertTrue(new QueueClient(port).send(PATIENT + " is no request"));
      awaitCases("failed", 1);
      awaitEnd();

      String metrics = get(address + "metrics", 200);
      for (String line :
          List.of(
              "islet_cases_total{door=\"folder\",reason=\"-\",state=\"accepted\"} 2.0",
              "islet_cases_total{door=\"folder\",reason=\"not-nifti\",state=\"failed\"} 1.0",
              "islet_cases_total{door=\"queue\",reason=\"bad-request\",state=\"refused\"} 1.0",
              "islet_queue_messages{queue=\"islet.requests\"} 0.0",
              "islet_queue_messages{queue=\"islet.requests.dead\"} 1.0",
              "islet_requests_waiting 0.0",
              "islet_cases_waiting{priority=\"routine\"} 0.0",
              "islet_cases_running{priority=\"urgent\"} 0.0",
              "islet_stage_seconds_bucket{stage=\"clip\",le=\"+Inf\"} 1.0",
              "islet_case_seconds_count{route=\"pancreas-two-stage\"} 1.0",
              "islet_memory_admitted_bytes 0.0",
              "islet_memory_for_cases_bytes ",
              "islet_inference_memory_used_bytes 0.0",
              "islet_inference_memory_bytes ",
              "islet_model_load_seconds_count{model=\"pancreas-coarse/2\"} 1.0")) {
        assertTrue(metrics.contains("\n" + line), line + " in " + metrics);
      }

      assertPagesNameNobody(address.replace("q/", ""));
      islet(0, "pause", "folder", "--reason", "maintenance");
      await().until(() -> get(address + "health/ready", 200).contains("maintenance"));
      assertTrue(checks(get(address + "health/live", 200)).contains("Work"));
      assertFalse(checks(get(address + "health/live", 200)).contains("Cases"));
      assertTrue(
          checks(get(address + "health/ready", 200))
              .containsAll(Set.of("Cases", "Segmentation routes")));
      drop(PATIENT + "-3.nii.gz", 2);
      Thread.sleep(3000);
      Path outside = folder.resolve("intake/in").resolve(PATIENT + "-3.nii.gz");
      assertTrue(Files.exists(outside), "a door that is shut takes nothing in");
      islet(0, "resume", "folder");
      await().until(() -> !Files.exists(outside));
      awaitEnd();

      islet(0, "redrive", "--all");
      await().until(() -> islet(0, "jobs", failed()).contains("Attempt 2: failed"));
      assertTrue(islet(0, "jobs", failed()).contains(PATIENT), "who asks is shown the name");
      await().until(() -> String.join("", traces).contains("largest-component"));
      assertFalse(String.join("", traces).contains("Doe"), "no name of a patient is in a trace");
      assertFalse(metrics.contains("Doe"), "nor in metrics");
      assertLogIsJson(islet.err());
    }
    assertPlainLog();
  }

  /** Waits until no case waits or is running. */
  private void awaitEnd() {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              JsonNode seen = JSON.readTree(islet(0, "jobs", "--json"));
              return seen.at("/running").isEmpty()
                  && seen.at("/waiting").isEmpty()
                  && seen.at("/notLookedAt").asInt() == 0
                  && !seen.at("/ended").isEmpty();
            });
  }

  private String failed() throws Exception {
    for (JsonNode each : JSON.readTree(islet(0, "jobs", "--json")).at("/ended")) {
      if (each.at("/state").asText().equals("failed")) {
        return each.at("/case").asText();
      }
    }
    throw new AssertionError("no case has failed");
  }

  private static void assertLogIsJson(String log) throws IOException {
    assertFalse(log.contains("Doe"), log);
    Set<String> states = new TreeSet<>();
    for (String line : log.lines().filter(l -> !OF_TENSORFLOW.matcher(l).matches()).toList()) {
      JsonNode json = JSON.readTree(line);
      assertFalse(json.at("/message").asText().isEmpty(), line);
      if (json.at("/loggerName").asText().equals("org.islet.cases")) {
        String state = json.at("/mdc/state").asText();
        boolean refused = state.equals("refused"); // such a request has no case
        assertTrue(json.at("/mdc/case").asText().matches(refused ? "" : "[0-9a-f]{12}"), line);
        states.add(state);
      }
    }
    assertTrue(
        states.containsAll(Set.of("accepted", "running", "failed", "refused")), states::toString);
  }

  private void assertPlainLog() throws Exception {
    islet(0, "pause", "folder");
    try (IsletProcess islet = serve()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  islet
                      .err()
                      .lines()
                      .anyMatch(
                          l -> l.matches("\\d\\d:\\d\\d:\\d\\d WARN +the folder takes nothing.*")));
    }
  }
}
