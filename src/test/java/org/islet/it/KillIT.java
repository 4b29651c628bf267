package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.format.Sha256;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed again and again while CTs come in by both doors. {@code docs/durability.md}
 * has the command of the long form.
 */
class KillIT {

  private static final int KILLS = Integer.getInteger("islet.kill.kills", 20);
  private static final int CASES = Integer.getInteger("islet.kill.cases", 24);
  private static final long SEED = Long.getLong("islet.kill.seed", 1);

  /** The moments at which the process ends itself, and at the how manieth. */
  private static final List<String> POINTS =
      Stream.concat(
              Stream.of(
                  "claimed",
                  "received",
                  "acknowledged",
                  "accepted",
                  "begun",
                  "written",
                  "renamed",
                  "recorded",
                  "moved",
                  "replied"),
              Stream.iterate(1, n -> n + 1).limit(12).map(n -> "stage:" + n))
          .toList();

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** In which the bundled models find something, and in which they do not. */
  private static final Size LARGE = new Size(224, 224, 105);

  private static final Size SMALL = new Size(64, 64, 40);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final Path home = Path.of("home");

  /** A CT, and by which doors it comes. */
  private record Ct(String name, Path file, String sha256, boolean byFolder, boolean byQueue) {}

  private List<Ct> cts() throws IOException {
    List<Ct> cts = new ArrayList<>();
    Path inputs = Files.createDirectories(folder.resolve("inputs"));
    for (int i = 0; i < CASES; i++) {
      String name = "ct-%03d.nii.gz".formatted(i);
      Path file = inputs.resolve(name);
      Size size = i % 4 == 0 ? LARGE : SMALL;
      NiftiWriter.write(file, Phantom.generate(1000 + i, Phantom.wholeAbdomen(size)).ct());
      boolean both = i % 10 == 9;
      cts.add(new Ct(name, file, Sha256.of(file), both || i % 2 == 0, both || i % 2 == 1));
    }
    return cts;
  }

  private IsletProcess serve(Path at, int port, String crash) throws IOException {
    List<String> options = new ArrayList<>();
    options.add("-Dislet.queue.port=" + port);
    options.add("-Dislet.queue.roots=" + folder.resolve("inputs"));
    if (!crash.isEmpty()) {
      options.add("-Dislet.crash-at=" + crash);
    }
    return IsletProcess.start(folder, options, "serve", "--home", at.toString(), "--port", "0");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitStart(IsletProcess islet) {
    await().atMost(PATIENCE).until(() -> islet.err().contains("Watching") || !islet.isAlive());
  }

  @Test
  void each_ct_ends_as_one_whole_result_whatever_dies_in_between() throws Exception {
    List<Ct> cts = cts();
    Map<String, String> undisturbed = undisturbed(cts);
    Path at = Files.createDirectories(folder.resolve(home));
    int port = freePort();
    Feeder feeder = new Feeder(cts, at.resolve("intake/in"), new QueueClient(port));
    try (ResultWatcher watcher = new ResultWatcher(at.resolve("results"))) {
      Map<String, Integer> kills = killAgainAndAgain(at, port, feeder);
      System.out.println("killed at: " + kills);
      try (IsletProcess islet = serve(at, port, "")) {
        awaitStart(islet);
        feeder.feedAll();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(300))
            .until(() -> isAllDone(watcher, at));
        await().atMost(PATIENCE).until(feeder::unanswered, Set::isEmpty);
        assertEquals(List.of(), feeder.client.deadLetters());
        islet.signal("TERM");
        assertEquals(143, islet.exitCode());
      }
      assertEquals(List.of(), watcher.complaints());
      assertEquals(List.of(), differing(undisturbed, contents(watcher.results())));
      assertTrue(undisturbed.toString().contains("\"outcome\":\"done\""), "something is found");
      assertEquals(feeder.dropped, names(at.resolve("intake/done")), "each CT is in done once");
      feeder.assertRepliesTellOf(watcher.results());
    }
  }

  /** The CTs whose results differ. */
  private static List<String> differing(Map<String, String> one, Map<String, String> other) {
    Set<String> all = new TreeSet<>(one.keySet());
    all.addAll(other.keySet());
    return all.stream().filter(ct -> !Objects.equals(one.get(ct), other.get(ct))).toList();
  }

  /** What each CT's result holds where nothing is killed, by the CT's digest. */
  private Map<String, String> undisturbed(List<Ct> cts) throws Exception {
    Path at = Files.createDirectories(folder.resolve("undisturbed"));
    try (ResultWatcher watcher = new ResultWatcher(at.resolve("results"));
        IsletProcess islet = serve(at, freePort(), "")) {
      awaitStart(islet);
      for (Ct ct : cts) {
        Files.copy(ct.file(), at.resolve("arriving"));
        Files.move(at.resolve("arriving"), at.resolve("intake/in").resolve(ct.name()));
      }
      await().atMost(PATIENCE).until(() -> isAllDone(watcher, at));
      return contents(watcher.results());
    }
  }

  private boolean isAllDone(ResultWatcher watcher, Path at) throws IOException {
    return watcher.results().size() >= CASES
        && names(at.resolve("intake/in")).isEmpty()
        && names(at.resolve("intake/in-progress")).isEmpty();
  }

  private static Set<String> names(Path below) throws IOException {
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
  private static Map<String, String> contents(List<Path> results) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path result : results) {
      ObjectNode report = (ObjectNode) JSON.readTree(result.resolve("result.json").toFile());
      report.remove("seconds");
      report
          .withArray("stages")
          .forEach(stage -> ((ObjectNode) stage).remove(List.of("start", "seconds")));
      String sha256 = report.at("/input/sha256").asText();
      ((ObjectNode) report.get("input")).remove("file");
      List<String> stages = new ArrayList<>();
      report.get("stages").forEach(stage -> stages.add(stage.toString()));
      report.put("stages", stages.stream().sorted().toList().toString());
      String content =
          Sha256.of(result.resolve("mask.nii.gz"))
              + Sha256.of(result.resolve("preview.png"))
              + report;
      assertEquals(null, contents.put(sha256, content), "two results of one CT");
    }
    return contents;
  }

  /** How often the process was killed, by the moment. */
  private Map<String, Integer> killAgainAndAgain(Path at, int port, Feeder feeder)
      throws Exception {
    Map<String, Integer> kills = new TreeMap<>();
    Deque<String> points = new ArrayDeque<>(POINTS.subList(0, Math.min(KILLS, POINTS.size())));
    for (int kill = 0; kill < KILLS; kill++) {
      String point = points.isEmpty() ? "" : points.pop();
      feeder.share((kill + 1) / (double) KILLS);
      try (IsletProcess islet = serve(at, port, point)) {
        if (point.isEmpty()) {
          killAtRandom(islet, feeder);
        } else {
          awaitDeath(islet, feeder);
        }
        kills.merge(point.isEmpty() ? "random" : point, 1, Integer::sum);
      }
    }
    return kills;
  }

  private void killAtRandom(IsletProcess islet, Feeder feeder) throws Exception {
    if (random.nextInt(4) > 0) {
      awaitStart(islet);
    }
    long end = System.nanoTime() + random.nextInt(2500) * 1_000_000L;
    while (System.nanoTime() < end && islet.isAlive()) {
      feeder.feed();
      Thread.sleep(20);
    }
    assertTrue(islet.isAlive(), islet.err());
    islet.kill();
  }

  /** Feeds more, so that the moment comes at which the process ends itself. */
  private void awaitDeath(IsletProcess islet, Feeder feeder) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (islet.isAlive() && System.nanoTime() < end) {
      feeder.feedMore(islet);
      Thread.sleep(50);
    }
    assertTrue(!islet.isAlive(), "the moment never came: " + islet.err());
    assertEquals(137, islet.exitCode(), islet.err());
  }

  /** Brings the CTs in, by and by. */
  private static final class Feeder {

    private final List<Ct> cts;
    private final Path in;
    private final QueueClient client;
    private final Set<String> dropped = new TreeSet<>();
    private final Set<String> sent = new HashSet<>();
    private final Map<String, JsonNode> replies = new HashMap<>();
    private int allowed;
    private long lastMore;

    Feeder(List<Ct> cts, Path in, QueueClient client) {
      this.cts = cts;
      this.in = in;
      this.client = client;
    }

    /** Lets so much of all CTs come in. */
    void share(double share) {
      allowed = Math.max(allowed, (int) Math.ceil(share * cts.size()));
    }

    /** Lets one more CT come in now and then while the service is there. */
    void feedMore(IsletProcess islet) throws IOException {
      boolean isTime = System.nanoTime() - lastMore > Duration.ofSeconds(4).toNanos();
      if (isTime && islet.err().contains("Watching") && allowed < cts.size() && isFed()) {
        allowed++;
        lastMore = System.nanoTime();
      }
      feed();
    }

    private boolean isFed() {
      return cts.subList(0, allowed).stream()
          .allMatch(
              ct ->
                  (!ct.byFolder() || dropped.contains(ct.name()))
                      && (!ct.byQueue() || sent.contains(ct.name())));
    }

    void feed() throws IOException {
      for (Ct ct : cts.subList(0, allowed)) {
        if (ct.byFolder() && Files.isDirectory(in) && dropped.add(ct.name())) {
          Path arriving = in.getParent().resolve("arriving-" + ct.name());
          Files.copy(ct.file(), arriving);
          Files.move(arriving, in.resolve(ct.name()));
        }
        if (ct.byQueue() && !sent.contains(ct.name()) && client.ask(ct.name(), ct.file())) {
          sent.add(ct.name());
        }
      }
    }

    void feedAll() throws IOException {
      allowed = cts.size();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!isFed() && System.nanoTime() < end) {
        feed();
      }
      assertTrue(isFed(), "not all CTs could be brought in");
    }

    Set<String> unanswered() throws Exception {
      client.replies().forEach(reply -> replies.put(reply.at("/id").asText(), reply));
      Set<String> unanswered = new TreeSet<>(sent);
      unanswered.removeAll(replies.keySet());
      return unanswered;
    }

    void assertRepliesTellOf(List<Path> results) throws IOException {
      Map<String, Path> byCase = new HashMap<>();
      results.forEach(result -> byCase.put(result.getFileName().toString(), result));
      for (JsonNode reply : replies.values()) {
        Path result = byCase.get(reply.at("/case").asText());
        assertTrue(result != null, reply.toString());
        assertEquals(
            Sha256.of(result.resolve("manifest.json")), reply.at("/result/sha256").asText());
        assertEquals(result.toRealPath(), Path.of(reply.at("/result/place").asText()).toRealPath());
      }
    }
  }
}
