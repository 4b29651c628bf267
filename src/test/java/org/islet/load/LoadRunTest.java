package org.islet.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.islet.format.CtFiles;
import org.islet.queue.BrokerSettings;
import org.islet.queue.EmbeddedBroker;
import org.islet.queue.QueueService;
import org.islet.queue.QueueSettings;
import org.islet.request.SegmentationRequest;
import org.islet.volume.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run at a broker, with something in the place of the service that answers as it is told. */
@Timeout(120)
class LoadRunTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path folder;
  private Path inputs;
  private EmbeddedBroker broker;
  private JMSContext service;

  /** The digest of each request's CT, by its id. */
  private final Map<String, String> seen = new ConcurrentHashMap<>();

  private final AtomicInteger mostFiles = new AtomicInteger();

  /** What the service says to a request. */
  private interface Behaviour {
    String answer(SegmentationRequest request, int number);
  }

  @BeforeEach
  void start() throws IOException {
    inputs = Files.createDirectory(folder.resolve("inputs"));
    broker =
        new EmbeddedBroker(
            new BrokerSettings(
                folder.resolve("broker"),
                "127.0.0.1",
                0,
                "",
                "",
                Set.of("islet.requests", "islet.requests.dead"),
                Set.of("islet.events")));
    JmsConnectionFactory factory =
        new JmsConnectionFactory("amqp://127.0.0.1:" + broker.port() + "?jms.closeTimeout=500");
    service = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
  }

  @AfterEach
  void end() {
    service.close();
    broker.close();
  }

  private void serve(int times, Behaviour behaviour) {
    JMSContext sending = service.createContext(JMSContext.AUTO_ACKNOWLEDGE);
    AtomicInteger count = new AtomicInteger();
    service
        .createConsumer(service.createQueue("islet.requests"))
        .setMessageListener(
            message -> {
              try {
                SegmentationRequest request =
                    SegmentationRequest.parse(message.getBody(String.class), Map.of());
                seen.put(request.id(), CtFiles.sha256(Path.of(request.input())));
                mostFiles.accumulateAndGet(files(), Math::max);
                String answer = behaviour.answer(request, count.getAndIncrement());
                for (int i = 0; i < times && answer != null; i++) {
                  sending
                      .createProducer()
                      .send(sending.createQueue(request.reply().orElseThrow()), answer);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private int files() throws IOException {
    try (Stream<Path> files = Files.list(inputs)) {
      return (int) files.count();
    }
  }

  private static String done(SegmentationRequest request) {
    return "{\"version\":1,\"type\":\"done\",\"id\":\"%s\",\"case\":\"a\",\"time\":\"%s\",\"result\":{\"sha256\":\"x\"}}"
        .formatted(request.id(), TIME);
  }

  private static String failed(SegmentationRequest request, String code) {
    return "{\"version\":1,\"type\":\"failed\",\"id\":\"%s\",\"time\":\"%s\",\"failure\":{\"code\":\"%s\"}}"
        .formatted(request.id(), TIME, code);
  }

  private static LoadPlan plan(int cases, double rate, int inFlight, Duration patience) {
    return new LoadPlan(
        cases,
        rate,
        inFlight,
        Optional.of("route"),
        Optional.of("urgent"),
        Optional.empty(),
        false,
        false,
        patience);
  }

  private JsonNode run(LoadPlan plan, BooleanSupplier stop) throws IOException {
    QueueSettings settings =
        new QueueSettings(
            "",
            "",
            "",
            "127.0.0.1",
            broker.port(),
            "islet.requests",
            "islet.requests.dead",
            "islet.events",
            1);
    try (QueueService queue = QueueService.visit(settings);
        Originals originals = Originals.phantoms(inputs, new Size(16, 16, 8), 1, 2)) {
      return JSON.readTree(new LoadRun("run", plan, originals, inputs, stop).run(queue).json());
    }
  }

  @Test
  void each_request_is_of_another_ct_and_all_are_answered_and_taken_away() throws Exception {
    serve(
        2,
        (request, number) -> {
          assertEquals(Optional.of("route"), request.options().route());
          return done(request);
        });
    JsonNode report = run(plan(50, 0, 5, Duration.ofSeconds(20)), () -> false);
    assertTrue(report.get("good").asBoolean(), report::toString);
    assertEquals(50, report.at("/outcomes/done").asInt());
    assertEquals(50, report.at("/perSecond/confirmed/count").asInt());
    assertTrue(report.get("answeredAgain").asInt() > 40, report::toString);
    assertEquals(50, Set.copyOf(seen.values()).size());
    assertEquals(0, files());
    assertTrue(mostFiles.get() <= 5, "at one time there were " + mostFiles);
  }

  @Test
  void requests_go_by_the_clock_although_nothing_is_answered_and_silence_ends_the_wait()
      throws Exception {
    serve(0, (request, number) -> null);
    Instant start = Instant.now();
    JsonNode report = run(plan(10, 20, 100, Duration.ofMillis(1500)), () -> false);
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
    assertTrue(seconds >= 9 / 20.0 + 1.5, "it took " + seconds);
    assertEquals(10, report.get("sent").asInt());
    assertEquals(10, report.get("unanswered").asInt());
    assertEquals(
        "Nothing was heard for 1 s. See ./islet jobs whether the service works on the cases, or give a longer --timeout.",
        report.get("trouble").asText());
    double confirmed = report.at("/perSecond/confirmed/overall").asDouble();
    assertTrue(confirmed <= 10 / 0.45, "confirmed a second: " + confirmed);
    assertEquals(0, files());
  }

  @Test
  void a_folder_that_the_service_refuses_ends_it_at_once() throws Exception {
    serve(1, (request, number) -> failed(request, "not-allowed"));
    JsonNode report = run(plan(1000, 20, 1000, Duration.ofSeconds(20)), () -> false);
    assertTrue(report.get("sent").asInt() < 500, report::toString);
    assertTrue(
        report.get("trouble").asText().startsWith("The service refuses what lies in " + inputs),
        report::toString);
    assertEquals(0, files());
  }

  @Test
  void other_failures_do_not_end_it() throws Exception {
    serve(1, (request, number) -> number == 0 ? failed(request, "truncated") : done(request));
    JsonNode report = run(plan(5, 0, 5, Duration.ofSeconds(20)), () -> false);
    assertEquals("{\"done\":4,\"refused\":1}", report.get("outcomes").toString());
    assertEquals(false, report.get("good").asBoolean());
    assertEquals(false, report.has("trouble"));
  }

  @Test
  void who_asks_it_to_stop_is_heard_and_no_ct_stays() throws Exception {
    serve(1, (request, number) -> number < 3 ? done(request) : null);
    JsonNode report = run(plan(1000, 10, 1000, Duration.ofSeconds(60)), () -> seen.size() >= 5);
    assertEquals("It was asked to stop.", report.get("trouble").asText());
    assertTrue(report.get("sent").asInt() < 100, report::toString);
    assertEquals(3, report.at("/outcomes/done").asInt());
    assertEquals(0, files());
  }

  @Test
  void a_broker_that_goes_away_ends_it_in_a_sentence() throws Exception {
    serve(
        1,
        (request, number) -> {
          if (number == 3) {
            new Thread(broker::close).start();
          }
          return null;
        });
    JsonNode report = run(plan(1000, 20, 1000, Duration.ofSeconds(60)), () -> false);
    assertTrue(report.get("sent").asInt() < 1000, report::toString);
    assertTrue(
        report.get("trouble").asText().startsWith("The broker was lost ("), report::toString);
    assertEquals(0, files());
  }
}
