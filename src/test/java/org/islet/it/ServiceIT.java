package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as it is shipped, with real files and the bundled models. */
class ServiceIT {

  private static final int GOOD = 50;
  private static final int WARM = 10;
  private static final long MAY_GROW = 200L << 20;
  private static final String PATIENT = "Doe^John-1961";

  /** With a heap that is all there from the start, what a process grows by is native memory. */
  private static final List<String> FIXED_HEAP =
      List.of("-Xms600m", "-Xmx600m", "-XX:+AlwaysPreTouch");

  @TempDir Path folder;

  private Path in() {
    return folder.resolve("intake/in");
  }

  private List<String> names(String below) throws IOException {
    Path parent = folder.resolve(below);
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> !n.startsWith(".")).toList();
    }
  }

  private void drop(String name, byte[] bytes) throws IOException {
    Path hidden = Files.write(folder.resolve("arriving"), bytes);
    Files.move(hidden, in().resolve(name));
  }

  private byte[] good(int seed) throws IOException {
    Path file = folder.resolve("phantom.nii.gz");
    Phantom phantom = Phantom.generate(seed, Phantom.wholeAbdomen(new Size(64, 64, 40)));
    NiftiWriter.write(file, phantom.ct());
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private static String healthAddress(IsletProcess islet) {
    Pattern address = Pattern.compile("http://127\\.0\\.0\\.1:[1-9]\\d*/q/health");
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              Matcher found = address.matcher(islet.err());
              return found.find() ? found.group() : "";
            },
            s -> !s.isEmpty());
  }

  private static void assertHealthy(String address) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("UP", new ObjectMapper().readTree(answer.body()).at("/status").asText());
  }

  private void awaitCount(int count, String below) {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> names(below).size() == count);
  }

  @Test
  void good_files_end_as_results_broken_ones_with_their_reason_and_memory_comes_back()
      throws Exception {
    try (IsletProcess islet =
        IsletProcess.start(
            folder, FIXED_HEAP, "serve", "--home", folder.toString(), "--port", "0")) {
      String health = healthAddress(islet);
      assertHealthy(health);
      for (int i = 0; i < WARM; i++) {
        drop(PATIENT + "-" + i + ".nii.gz", good(i));
      }
      awaitCount(WARM, "intake/done");
      long before = islet.residentBytes();

      Map<String, BadFiles.Broken> broken = BadFiles.of(good(0));
      broken.forEach((name, b) -> dropUnchecked("1-" + name, b.bytes()));
      for (int i = WARM; i < GOOD; i++) {
        drop(PATIENT + "-" + i + ".nii.gz", good(i));
      }
      broken.forEach((name, b) -> dropUnchecked("2-" + name, b.bytes()));
      BadFiles.others().forEach(this::dropUnchecked);

      awaitCount(GOOD, "intake/done");
      awaitCount(25, "intake/failed");
      assertEquals(GOOD, names("results").size());
      assertEquals(List.of(), names("intake/in"));
      assertEquals(List.of(), names("intake/in-progress"));
      for (String result : names("results")) {
        assertEquals(4, names("results/" + result).size(), result);
      }
      for (String name : broken.keySet()) {
        for (String copy : List.of("1-" + name, "2-" + name)) {
          var reason = reason(copy);
          assertEquals(broken.get(name).code(), reason.at("/code").asText(), copy);
          assertTrue(reason.at("/reason").asText().length() > 30, copy);
        }
      }
      for (String name : BadFiles.others().keySet()) {
        assertFalse(reason(name).at("/reason").asText().isEmpty(), name);
      }
      assertHealthy(health);
      long grown = islet.residentBytes() - before;
      System.out.printf("65 cases later the service holds %d MiB more%n", grown >> 20);
      assertTrue(grown < MAY_GROW, "grown by " + (grown >> 20) + " MiB");
      assertFalse(islet.err().contains("Doe"), "a patient's name is in the log");
      assertEquals("", islet.out(), "stdout is for results");
    }
  }

  private void dropUnchecked(String name, byte[] bytes) {
    try {
      drop(name, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private com.fasterxml.jackson.databind.JsonNode reason(String name) throws IOException {
    Path failed = folder.resolve("intake/failed").resolve(name);
    assertTrue(Files.exists(failed.resolve(name)), "the input is beside the reason: " + name);
    return new ObjectMapper().readTree(failed.resolve("reason.json").toFile());
  }

  @Test
  void a_route_with_a_mistake_stops_the_start_and_says_where() throws Exception {
    Path routes = Files.createDirectory(folder.resolve("routes"));
    Files.writeString(
        routes.resolve("mine.yaml"),
        "- route:\n    from:\n      uri: direct:mine\n      steps:\n        - to: stage:clipp\n");
    try (IsletProcess islet =
        IsletProcess.start(
            folder,
            List.of("-Dislet.routes=" + routes),
            "serve",
            "--home",
            folder.toString(),
            "--port",
            "0")) {
      assertEquals(2, islet.exitCode());
      assertTrue(islet.err().contains("mine.yaml, line 5"), islet.err());
      assertTrue(islet.err().contains("did you mean 'clip'"), islet.err());
    }
  }
}
