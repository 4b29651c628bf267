package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.format.Sha256;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;

/** CTs that go through the service twice: undisturbed, and while something dies. */
final class Trial {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** In which the bundled models find something, and in which they do not. */
  private static final Size LARGE = new Size(224, 224, 105);

  private static final Size SMALL = new Size(64, 64, 40);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<Ct> cts = new ArrayList<>();

  /** A CT. */
  record Ct(String name, Path file) {}

  /**
   * Makes the CTs.
   *
   * @param folder for all that is made
   */
  Trial(Path folder, int cases) throws IOException {
    this.folder = folder;
    Files.createDirectories(inputs());
    for (int i = 0; i < cases; i++) {
      Path file = inputs().resolve("ct-%03d.nii.gz".formatted(i));
      Size size = i % 4 == 0 ? LARGE : SMALL;
      NiftiWriter.write(file, Phantom.generate(1000 + i, Phantom.wholeAbdomen(size)).ct());
      cts.add(new Ct(file.getFileName().toString(), file));
    }
  }

  List<Ct> cts() {
    return cts;
  }

  /** Where the CTs lie, and requests find them. */
  Path inputs() {
    return folder.resolve("inputs");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts the service. */
  IsletProcess serve(Path home, List<String> options) throws IOException {
    // It does not live for so long that Java's second compiler would pay.
    List<String> all = new ArrayList<>(List.of("-Dislet.queue.roots=" + inputs()));
    all.addAll(options);
    return IsletProcess.start(folder, all, "serve", "--home", home.toString(), "--port", "0");
  }

  static void awaitStart(IsletProcess islet) {
    await().atMost(PATIENCE).until(() -> islet.err().contains("Watching") || !islet.isAlive());
  }

  /** Puts a CT into a home's intake at once. */
  static void drop(Ct ct, Path home) throws IOException {
    Path arriving = home.resolve("intake/arriving-" + ct.name());
    Files.copy(ct.file(), arriving);
    Files.move(arriving, home.resolve("intake/in").resolve(ct.name()));
  }

  /** What each CT's result holds where nothing is disturbed, by the CT's digest. */
  Map<String, String> undisturbed() throws Exception {
    Path home = Files.createDirectories(folder.resolve("undisturbed"));
    try (ResultWatcher watcher = new ResultWatcher(home.resolve("results"));
        IsletProcess islet = serve(home, List.of("-Dislet.queue.enabled=false"))) {
      awaitStart(islet);
      for (Ct ct : cts) {
        drop(ct, home);
      }
      awaitAllDone(watcher, home);
      return contents(watcher.results());
    }
  }

  /** Waits until each CT has a result and the intake is empty. */
  void awaitAllDone(ResultWatcher watcher, Path home) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> undone(watcher, home), Map::isEmpty);
  }

  /** Where something still is, or should not be, and how much; what results there are too few. */
  private Map<String, Object> undone(ResultWatcher watcher, Path home) throws IOException {
    Map<String, Object> undone = new TreeMap<>();
    for (String folder : List.of("in", "in-progress", "failed")) {
      Set<String> names = names(home.resolve("intake").resolve(folder));
      if (!names.isEmpty()) {
        undone.put(folder, names);
      }
    }
    if (watcher.results().size() < cts.size()) {
      undone.put("results missing", cts.size() - watcher.results().size());
    }
    return undone;
  }

  /** What lies in a folder, but for hidden files; nothing if it is not there. */
  static Set<String> names(Path below) throws IOException {
    if (!Files.isDirectory(below)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(below)) {
      Set<String> names = new TreeSet<>();
      files
          .map(f -> f.getFileName().toString())
          .filter(n -> !n.startsWith("."))
          .forEach(names::add);
      return names;
    }
  }

  /** The digests of masks and pictures, and the reports but for their times and file names. */
  static Map<String, String> contents(List<Path> results) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path result : results) {
      ObjectNode report = (ObjectNode) JSON.readTree(result.resolve("result.json").toFile());
      ((ObjectNode) report.get("input")).remove("file");
      report.remove("seconds");
      List<String> stages = new ArrayList<>();
      for (var stage : report.get("stages")) {
        ((ObjectNode) stage).remove(List.of("start", "seconds"));
        stages.add(stage.toString());
      }
      report.put("stages", stages.stream().sorted().toList().toString());
      String content =
          Sha256.of(result.resolve("mask.nii.gz"))
              + Sha256.of(result.resolve("preview.png"))
              + report;
      String sha256 = report.at("/input/sha256").asText();
      assertEquals(null, contents.put(sha256, content), "two results of one CT");
    }
    return contents;
  }

  /** Each reply names a result that is there, and its digest. */
  static void assertTellOf(Collection<JsonNode> replies, List<Path> results) throws IOException {
    Map<String, Path> byCase = new TreeMap<>();
    results.forEach(result -> byCase.put(result.getFileName().toString(), result));
    for (JsonNode reply : replies) {
      Path result = byCase.get(reply.at("/case").asText());
      assertNotNull(result, reply.toString());
      assertEquals(Sha256.of(result.resolve("manifest.json")), reply.at("/result/sha256").asText());
      assertEquals(result.toRealPath(), Path.of(reply.at("/result/place").asText()).toRealPath());
    }
  }

  /** The CTs whose results differ. */
  static List<String> differing(Map<String, String> one, Map<String, String> other) {
    Set<String> all = new TreeSet<>(one.keySet());
    all.addAll(other.keySet());
    return all.stream().filter(ct -> !Objects.equals(one.get(ct), other.get(ct))).toList();
  }
}
