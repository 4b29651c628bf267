package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /** The moments at which the process ends itself; before the second stage is after the first. */
  private static final List<String> POINTS =
      List.of(
          "claimed",
          "received",
          "acknowledged",
          "accepted",
          "begun",
          "stage:1",
          "written",
          "renamed",
          "recorded",
          "moved",
          "replied");

  /** Further ones, where there are kills enough. */
  private static final List<String> STAGES =
      Stream.iterate(2, n -> n + 1).limit(13).map(n -> "stage:" + n).toList();

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  private static boolean isForFolder(int number) {
    return number % 2 == 0 || number % 10 == 9;
  }

  private static boolean isForQueue(int number) {
    return number % 2 == 1 || number % 10 == 9;
  }

  private IsletProcess serve(Trial trial, Path at, int port, String crash) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Dislet.queue.port=" + port));
    if (!crash.isEmpty()) {
      options.add("-Dislet.crash-at=" + crash);
    }
    return trial.serve(at, options);
  }

  @Test
  void each_ct_ends_as_one_whole_result_whatever_dies_in_between() throws Exception {
    Trial trial = new Trial(folder, CASES);
    Map<String, String> undisturbed = trial.undisturbed();
    assertTrue(undisturbed.toString().contains("\"outcome\":\"done\""), "something is found");
    Path home = Files.createDirectories(folder.resolve("home"));
    int port = Trial.freePort();
    Feeder feeder = new Feeder(trial.cts(), home, new QueueClient(port));
    try (ResultWatcher watcher = new ResultWatcher(home.resolve("results"))) {
      Map<String, Integer> kills = killAgainAndAgain(trial, home, port, feeder);
      System.out.println("killed at: " + kills);
      try (IsletProcess islet = serve(trial, home, port, "")) {
        Trial.awaitStart(islet);
        feeder.feedAll();
        trial.awaitAllDone(watcher, home);
        await().atMost(Trial.PATIENCE).until(feeder::unanswered, Set::isEmpty);
        assertEquals(List.of(), feeder.client.deadLetters());
        islet.signal("TERM");
        assertEquals(143, islet.exitCode());
      }
      assertEquals(List.of(), watcher.complaints());
      assertEquals(List.of(), Trial.differing(undisturbed, Trial.contents(watcher.results())));
      assertEquals(
          feeder.dropped, Trial.names(home.resolve("intake/done")), "each CT is in done once");
      Trial.assertTellOf(feeder.replies.values(), watcher.results());
    }
  }

  /** How often the process was killed, by the moment. */
  private Map<String, Integer> killAgainAndAgain(Trial trial, Path home, int port, Feeder feeder)
      throws Exception {
    Map<String, Integer> kills = new TreeMap<>();
    Deque<String> points = new ArrayDeque<>(POINTS);
    if (KILLS >= 2 * (POINTS.size() + STAGES.size())) {
      points.addAll(STAGES);
    }
    for (int kill = 0; kill < KILLS; kill++) {
      String point = points.isEmpty() ? "" : points.pop();
      feeder.share((kill + 1) / (double) KILLS);
      try (IsletProcess islet = serve(trial, home, port, point)) {
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
      Trial.awaitStart(islet);
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
    long end = System.nanoTime() + Trial.PATIENCE.toNanos();
    while (islet.isAlive() && System.nanoTime() < end) {
      feeder.feedMore(islet);
      Thread.sleep(50);
    }
    assertTrue(!islet.isAlive(), "the moment never came: " + islet.err());
    assertEquals(137, islet.exitCode(), islet.err());
  }

  /** Brings the CTs in, by and by. */
  private static final class Feeder {

    private final List<Trial.Ct> cts;
    private final Path home;
    private final QueueClient client;
    private final Set<String> dropped = new TreeSet<>();
    private final Set<String> sent = new HashSet<>();
    private final Map<String, JsonNode> replies = new HashMap<>();
    private int allowed;
    private long lastMore;

    Feeder(List<Trial.Ct> cts, Path home, QueueClient client) {
      this.cts = cts;
      this.home = home;
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
      return IntStream.range(0, allowed)
          .allMatch(
              i ->
                  (!isForFolder(i) || dropped.contains(cts.get(i).name()))
                      && (!isForQueue(i) || sent.contains(cts.get(i).name())));
    }

    void feed() throws IOException {
      for (int i = 0; i < allowed; i++) {
        Trial.Ct ct = cts.get(i);
        if (isForFolder(i)
            && Files.isDirectory(home.resolve("intake/in"))
            && dropped.add(ct.name())) {
          Trial.drop(ct, home);
        }
        if (isForQueue(i) && !sent.contains(ct.name()) && client.ask(ct.name(), ct.file())) {
          sent.add(ct.name());
        }
      }
    }

    void feedAll() throws IOException {
      allowed = cts.size();
      long end = System.nanoTime() + Trial.PATIENCE.toNanos();
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
  }
}
