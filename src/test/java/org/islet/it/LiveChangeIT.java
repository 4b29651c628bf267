package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.format.Sha256;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes and models that change while the service, as it is shipped, is at work. */
class LiveChangeIT {

  private static final int CHANGES = 200;
  private static final int WARM = 40;
  private static final int WAITING = 3;
  private static final long MAY_GROW = 100L << 20;
  private static final List<String> MODELS = List.of("pancreas-coarse", "pancreas-fine");

  /** With a heap that is all there from the start, what a process grows by is native memory. */
  private static final List<String> FIXED_HEAP =
      List.of("-Xms400m", "-Xmx400m", "-XX:+AlwaysPreTouch");

  /** Every slot of the route ends in its number, so that a mixture of two would be seen. */
  private static final String ROUTE =
      """
      - route:
          from:
            uri: direct:live
            steps:
              - to: stage:clip?output=clipped-N
              - to: stage:downsample?input=clipped-N&output=small-N
              - to: stage:infer?model=pancreas-coarse&input=small-N&output=coarse-N
              - multicast:
                  parallelProcessing: true
                  steps:
                    - to: direct:left
                    - to: direct:right
              - to: stage:union?inputs=left-N,right-N&output=joined-N
              - to: stage:largest-component?input=joined-N
      - route:
          from:
            uri: direct:left
            steps:
              - to: stage:upsample?input=coarse-N&output=left-N
      - route:
          from:
            uri: direct:right
            steps:
              - to: stage:upsample?input=coarse-N&output=full-N
              - to: stage:fill-holes?input=full-N&output=right-N
      """;

  private static final String INTAKE =
      """
      - route:
          from:
            uri: inbox:intake?delay=20&stablePolls=1&minAge=20
            steps:
              - to: submit:live
      """;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;
  private final Map<String, Integer> numbers = new HashMap<>();
  private byte[] ct;
  private int dropped;

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(folder.resolve("routes/intake"));
    Files.writeString(folder.resolve("routes/intake/folder.yaml"), INTAKE);
    save(0);
    for (String model : MODELS) {
      copy(Path.of("models", model, "2"), folder.resolve("models").resolve(model).resolve("2"));
    }
    Path file = folder.resolve("phantom.nii.gz");
    NiftiWriter.write(file, Phantom.generate(5, Phantom.wholeAbdomen(new Size(48, 48, 32))).ct());
    ct = Files.readAllBytes(file);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file)) {
          copy(file, to.resolve(file.getFileName()));
        } else {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  private void save(int number) throws IOException {
    String text = ROUTE.replace("-N", "-" + number);
    Files.writeString(folder.resolve("routes/live.yaml"), text);
    numbers.put(new Sha256().add("live.yaml").add(text).toHex(), number);
  }

  private void saveBad(int number) throws IOException {
    String text = ROUTE.replace("-N", "-" + number).replace("stage:union", "stage:unoin");
    Files.writeString(folder.resolve("routes/live.yaml"), text);
  }

  private IsletProcess serve() throws IOException {
    return IsletProcess.start(
        folder,
        Stream.concat(
                FIXED_HEAP.stream(),
                Stream.of(
                    "-Dislet.reload.interval=20ms",
                    "-Dislet.routes=" + folder.resolve("routes"),
                    "-Dislet.models=" + folder.resolve("models")))
            .toList(),
        "serve",
        "--home",
        folder.toString(),
        "--port",
        "0");
  }

  private static String address(IsletProcess islet) {
    Pattern address = Pattern.compile("(http://127\\.0\\.0\\.1:[1-9]\\d*)/q/health");
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Matcher found = address.matcher(islet.err());
              return found.find() ? found.group(1) : "";
            },
            s -> !s.isEmpty());
  }

  private static String get(String address) throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static int changes(String address, String outcome) {
    try {
      Matcher found =
          Pattern.compile("islet_route_changes_total\\{outcome=\"" + outcome + "\"} ([0-9.]+)")
              .matcher(get(address + "/q/metrics"));
      return found.find() ? (int) Double.parseDouble(found.group(1)) : -1;
    } catch (IOException | InterruptedException e) {
      return -1;
    }
  }

  private static void awaitChange(String address, String outcome, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> changes(address, outcome) >= count);
  }

  /** Keeps some CTs waiting, so that one is always under way. */
  private void keepBusy() throws IOException {
    Path in = folder.resolve("intake/in");
    for (int waiting = count(in); waiting < WAITING; waiting++) {
      Path arriving = Files.write(folder.resolve("arriving"), ct);
      Files.move(arriving, in.resolve("ct-" + dropped++ + ".nii.gz"));
    }
  }

  private static int count(Path below) throws IOException {
    try (Stream<Path> files = Files.list(below)) {
      return (int) files.filter(f -> !f.getFileName().toString().startsWith(".")).count();
    }
  }

  @Test
  void two_hundred_changes_under_load_mix_no_case_lose_none_and_leak_nothing() throws Exception {
    try (IsletProcess islet = serve()) {
      String address = address(islet);
      long before = 0;
      int bad = 0;
      for (int i = 1; i <= CHANGES; i++) {
        keepBusy();
        if (i % 10 == 0) {
          saveBad(i);
          awaitChange(address, "refused", ++bad);
        } else if (i % 25 == 3) {
          Path models = folder.resolve("models/pancreas-coarse");
          copy(models.resolve("2"), folder.resolve("new"));
          Files.move(folder.resolve("new"), models.resolve(String.valueOf(2 + i)));
          awaitChange(address, "taken", i - bad);
        } else {
          save(i);
          awaitChange(address, "taken", i - bad);
        }
        before = i == WARM ? islet.residentBytes() : before;
      }
      long grown = islet.residentBytes() - before;
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> count(folder.resolve("intake/done")) == dropped);
      System.out.printf(
          "%d cases over %d changes of routes and models; %d MiB more after the first %d%n",
          dropped, CHANGES, grown >> 20, WARM);
      assertEquals(0, count(folder.resolve("intake/failed")));
      assertWhole();
      assertTrue(grown < MAY_GROW, "grown by " + (grown >> 20) + " MiB");
    }
  }

  /** Each result names a route that was saved, and every stage is of that one. */
  private void assertWhole() throws IOException {
    Set<Integer> seen = new HashSet<>();
    Set<String> models = new HashSet<>();
    try (Stream<Path> results = Files.list(folder.resolve("results"))) {
      for (Path result : results.toList()) {
        JsonNode report = new ObjectMapper().readTree(result.resolve("result.json").toFile());
        Integer number = numbers.get(report.at("/route/sha256").asText());
        assertNotNull(number, result + " ran a route that was never good");
        seen.add(number);
        assertEquals(8, report.at("/stages").size());
        for (JsonNode stage : report.at("/stages")) {
          String output = stage.at("/output").asText();
          assertTrue(output.equals("mask") || output.endsWith("-" + number), output);
        }
        assertEquals(1, report.at("/models").size());
        models.add(report.at("/models/0/id").asText());
      }
    }
    assertTrue(seen.size() > 20, "cases ran on only " + seen.size() + " different routes");
    assertTrue(models.size() > 2, "cases ran on only " + models);
  }

  @Test
  void a_bad_change_is_told_in_the_log_in_health_and_in_metrics_and_the_last_good_one_goes_on()
      throws Exception {
    try (IsletProcess islet = serve()) {
      String address = address(islet);
      saveBad(1);
      awaitChange(address, "refused", 1);
      String what = "live.yaml, line 13: There is no stage 'unoin'; did you mean 'union'?";
      assertTrue(islet.err().contains(what), islet.err());
      String health = get(address + "/q/health/ready");
      assertTrue(health.contains(what), health);
      assertEquals("UP", new ObjectMapper().readTree(health).at("/status").asText());
      assertTrue(get(address + "/q/metrics").contains("islet_route_problems 1.0"));
      keepBusy();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> count(folder.resolve("intake/done")) == WAITING);
      assertWholeOf(0);
      save(2);
      awaitChange(address, "taken", 1);
      assertTrue(get(address + "/q/metrics").contains("islet_route_problems 0.0"));
    }
  }

  private void assertWholeOf(int number) throws IOException {
    try (Stream<Path> results = Files.list(folder.resolve("results"))) {
      for (Path result : results.toList()) {
        JsonNode report = new ObjectMapper().readTree(result.resolve("result.json").toFile());
        assertEquals(number, numbers.get(report.at("/route/sha256").asText()));
      }
    }
  }
}
