package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outside broker is killed again and again while requests come in; the service goes on. */
class BrokerKillIT {

  private static final int KILLS = Integer.getInteger("islet.kill.brokers", 4);
  private static final int CASES = Integer.getInteger("islet.kill.broker-cases", 12);

  @TempDir Path folder;
  private final Random random = new Random(1);

  @Test
  void each_request_is_answered_with_its_result_whatever_becomes_of_the_broker() throws Exception {
    Trial trial = new Trial(folder, CASES);
    Map<String, String> undisturbed = trial.undisturbed();
    Path home = Files.createDirectories(folder.resolve("home"));
    Path kept = Files.createDirectories(folder.resolve("broker"));
    int port = Trial.freePort();
    QueueClient client = new QueueClient(port);
    List<String> options = List.of("-Dislet.queue.url=amqp://127.0.0.1:" + port);
    BrokerProcess broker = BrokerProcess.start(kept, port);
    try (ResultWatcher watcher = new ResultWatcher(home.resolve("results"));
        IsletProcess islet = trial.serve(home, options)) {
      Trial.awaitStart(islet);
      for (int i = 0; i < CASES; i++) {
        Trial.Ct ct = trial.cts().get(i);
        await().atMost(Trial.PATIENCE).until(() -> client.ask(ct.name(), ct.file()));
        if (i % (CASES / KILLS) == 0) {
          Thread.sleep(random.nextInt(400));
          broker.kill();
          broker = BrokerProcess.start(kept, port);
        }
      }
      trial.awaitAllDone(watcher, home);
      Set<String> answered = new TreeSet<>();
      await()
          .atMost(Trial.PATIENCE)
          .until(
              () -> {
                for (JsonNode reply : client.replies()) {
                  assertTrue(Set.of("done", "empty").contains(reply.at("/type").asText()));
                  answered.add(reply.at("/id").asText());
                }
                return answered.size() == CASES;
              });
      assertEquals(List.of(), client.deadLetters());
      assertTrue(islet.isAlive());
      assertEquals(List.of(), watcher.complaints());
      assertEquals(List.of(), Trial.differing(undisturbed, Trial.contents(watcher.results())));
      assertEquals(CASES, new HashSet<>(watcher.results()).size());
    } finally {
      broker.close();
    }
  }
}
