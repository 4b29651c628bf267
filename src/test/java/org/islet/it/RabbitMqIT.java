package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.islet.it.QueueClient.DeadLetter;
import org.islet.queue.RabbitMq;
import org.islet.store.Database;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Listing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service takes its requests from a RabbitMQ, and each of the two is killed once. */
class RabbitMqIT {

  private static final int CASES = 4;
  private static final String LOST = "lost";

  @TempDir Path folder;

  @Test
  void each_request_is_answered_once_it_has_its_one_case_or_becomes_a_dead_letter()
      throws Exception {
    try (RabbitMq rabbit = RabbitMq.startOrSkip(Files.createDirectory(folder.resolve("rabbit")))) {
      Trial trial = new Trial(folder, CASES);
      QueueClient client = new QueueClient(rabbit.url());
      Path home = Files.createDirectory(folder.resolve("home"));
      try (ResultWatcher watcher = new ResultWatcher(home.resolve("results"))) {
        try (IsletProcess islet = serve(trial, home, rabbit)) {
          Trial.awaitStart(islet);
          ask(client, trial.cts().get(0));
          ask(client, trial.cts().get(1));
          assertTrue(client.ask(LOST, trial.inputs().resolve("nothing.nii.gz")));
          await().atMost(Trial.PATIENCE).until(() -> islet.err().contains("running"));
          islet.kill();
        }
        assertTrue(client.send("this is no request"));
        ask(client, trial.cts().get(2));
        try (IsletProcess islet = serve(trial, home, rabbit)) {
          Trial.awaitStart(islet);
          rabbit.crashAndRestart();
          ask(client, trial.cts().get(3));
          ask(client, trial.cts().get(0));
          trial.awaitAllDone(watcher, home);
          assertAnswered(trial, client, watcher);
          islet.signal("TERM");
          assertEquals(143, islet.exitCode());
        }
        assertEquals(List.of(), watcher.complaints());
        assertEquals(CASES, watcher.results().size());
      }
      assertEquals(CASES, casesWithResult(home));
    }
  }

  private static IsletProcess serve(Trial trial, Path home, RabbitMq rabbit) throws IOException {
    return trial.serve(
        home,
        List.of(
            "-Dislet.queue.url=" + rabbit.url(),
            "-Dislet.queue.user=guest",
            "-Dislet.queue.password=guest"));
  }

  private static void ask(QueueClient client, Trial.Ct ct) {
    await().atMost(Trial.PATIENCE).until(() -> client.ask(ct.name(), ct.file()));
  }

  /** Good requests by what they got, the others by what is wrong with them; each at least once. */
  private static void assertAnswered(Trial trial, QueueClient client, ResultWatcher watcher)
      throws Exception {
    Set<String> asked = new TreeSet<>(Set.of(LOST));
    trial.cts().forEach(ct -> asked.add(ct.name()));
    List<JsonNode> replies = new ArrayList<>();
    await()
        .atMost(Trial.PATIENCE)
        .until(
            () -> {
              replies.addAll(client.replies());
              return texts(replies, "/id");
            },
            asked::equals);
    Map<Boolean, List<JsonNode>> failed =
        replies.stream().collect(Collectors.partitioningBy(reply -> reply.has("failure")));
    assertEquals(Set.of(LOST), texts(failed.get(true), "/id"));
    assertEquals(Set.of("not-found"), texts(failed.get(true), "/failure/code"));
    Trial.assertTellOf(failed.get(false), watcher.results());
    Set<DeadLetter> dead = new HashSet<>();
    await()
        .atMost(Trial.PATIENCE)
        .until(
            () -> {
              dead.addAll(client.deadLetters());
              return dead;
            },
            Set.of(new DeadLetter(LOST, "not-found"), new DeadLetter(null, "bad-request"))::equals);
  }

  private static Set<String> texts(List<JsonNode> replies, String pointer) {
    return replies.stream()
        .map(reply -> reply.at(pointer).asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long casesWithResult(Path home) {
    try (Database record = Database.visit(home.resolve("data"))) {
      Listing cases = new JobStore(record).listing();
      assertEquals(0, cases.count(JobState.FAILED));
      return cases.count(JobState.DONE) + cases.count(JobState.EMPTY);
    }
  }
}
