package org.islet.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.islet.format.NiftiWriter;
import org.islet.format.Sha256;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./islet load} against the service, with the bundled models. */
class LoadIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path home() {
    return folder.resolve("home");
  }

  private IsletProcess serve(int port) throws IOException {
    return IsletProcess.start(
        folder, port(port), "serve", "--home", home().toString(), "--port", "0");
  }

  private static List<String> port(int port) {
    return List.of("-Dislet.queue.port=" + port);
  }

  private IsletProcess load(int port, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("load", "--home", home().toString()));
    arguments.addAll(List.of(more));
    return IsletProcess.start(folder, port(port), arguments.toArray(String[]::new));
  }

  /** Good CTs for the requests of odd numbers, one that is cut short for the others. */
  private String[] goodAndBad() throws IOException {
    Path good = folder.resolve("good.nii.gz");
    NiftiWriter.write(good, Phantom.generate(1, Phantom.wholeAbdomen(new Size(64, 64, 40))).ct());
    byte[] bytes = Files.readAllBytes(good);
    Path bad = Files.write(folder.resolve("bad.nii.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    return new String[] {good.toString(), good.toString(), good.toString(), bad.toString()};
  }

  @Test
  void a_dozen_requests_are_answered_one_of_them_twice_and_those_of_a_broken_ct_fail()
      throws Exception {
    int port = Trial.freePort();
    try (IsletProcess islet = serve(port);
        JMSContext client = client(islet, port)) {
      AtomicReference<String> again = new AtomicReference<>();
      listen(client, again);
      String[] files = goodAndBad();
      IsletProcess load =
          load(port, files[0], files[1], files[2], files[3], "--cases=12", "--rate=2", "--json");
      assertEquals(1, load.exitCode(), load.err());
      JsonNode report = JSON.readTree(load.out());
      assertEquals(12, report.get("sent").asInt());
      assertEquals("{\"empty\":9,\"failed\":3}", report.get("outcomes").toString(), load.out());
      assertEquals("{\"truncated\":3}", report.get("codes").toString());
      assertEquals(1, report.get("answeredAgain").asInt(), "of " + again);
      assertEquals(0, report.get("contradicted").asInt());
      assertEquals(0, report.get("repeated").asInt());
      for (String part : List.of("accepting", "waiting", "working", "answering", "total")) {
        assertEquals(12, report.at("/seconds/" + part + "/count").asInt(), part);
      }
      assertEquals(Set.of(), Trial.names(home().resolve("inputs")));
      assertOneMaskForAll(9);
    }
  }

  private static JMSContext client(IsletProcess islet, int port) {
    Trial.awaitStart(islet);
    return new JmsConnectionFactory("amqp://127.0.0.1:" + port)
        .createContext(JMSContext.AUTO_ACKNOWLEDGE);
  }

  /** Sends the first request that is done a second time. */
  private void listen(JMSContext client, AtomicReference<String> again) {
    JMSContext sending = client.createContext(JMSContext.AUTO_ACKNOWLEDGE);
    client
        .createConsumer(client.createTopic("islet.events"))
        .setMessageListener(
            message -> {
              JsonNode event = read(message);
              String id = event.path("id").asText();
              if (event.path("type").asText().equals("empty") && again.compareAndSet(null, id)) {
                sending
                    .createProducer()
                    .send(sending.createQueue("islet.requests"), requestAgain(id));
              }
            });
  }

  private static JsonNode read(Message message) {
    try {
      return JSON.readTree(message.getBody(String.class));
    } catch (JMSException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private String requestAgain(String id) {
    int dash = id.lastIndexOf('-');
    String run = id.substring(0, dash);
    String file = "%s-%07d.nii.gz".formatted(run, Integer.parseInt(id.substring(dash + 1)));
    return JSON.createObjectNode()
        .put("version", 1)
        .put("id", id)
        .put("input", inputs().resolve(run).resolve(file).toString())
        .put("reply", "islet.load." + run)
        .toString();
  }

  /** As the load names it. */
  private Path inputs() {
    try {
      return home().resolve("inputs").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertOneMaskForAll(int cases) throws IOException {
    Set<String> results = Trial.names(home().resolve("results"));
    assertEquals(cases, results.size());
    Set<String> masks = new TreeSet<>();
    for (String result : results) {
      masks.add(Sha256.of(home().resolve("results").resolve(result).resolve("mask.nii.gz")));
    }
    assertEquals(1, masks.size());
  }

  @Test
  void what_is_stopped_by_ctrl_c_leaves_nothing_behind() throws Exception {
    int port = Trial.freePort();
    try (IsletProcess islet = serve(port)) {
      Trial.awaitStart(islet);
      IsletProcess load = load(port, "--size=64,64,40", "--cases=1000", "--rate=5");
      await().atMost(Trial.PATIENCE).until(() -> !Trial.names(home().resolve("results")).isEmpty());
      load.signal("TERM");
      assertEquals(143, load.exitCode());
      assertTrue(load.out().contains("ended early: It was asked to stop."), load.err());
      assertEquals(Set.of(), Trial.names(home().resolve("inputs")));
    }
  }
}
