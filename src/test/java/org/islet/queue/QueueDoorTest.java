package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.islet.job.JobListener;
import org.islet.job.Workbench;
import org.islet.request.RequestRefusedException;
import org.islet.request.SegmentationRequest;
import org.islet.store.Failure;
import org.islet.store.Incoming;
import org.islet.store.JobState;
import org.islet.store.KeyReusedException;
import org.islet.store.Order;
import org.islet.store.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests by the queue for CTs on an http server, from the message to the reply. */
class QueueDoorTest {

  private static final int TRIES = Workbench.RULES.retries() + 1;

  @TempDir Path folder;

  private final AtomicInteger hits = new AtomicInteger();
  private final BlockingQueue<Request> refused = new LinkedBlockingQueue<>();
  private HttpServer server;
  private QueueService queue;
  private Workbench bench;
  private Doors doors;
  private Peer peer;
  private QueueDoor door;

  /** How often the server is unwell before it gives the CT. */
  private volatile int unwell;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    queue = Doors.embedded(folder.resolve("broker"));
    bench = new Workbench(folder.resolve("home"), Workbench::find);
    Path downloads = Files.createDirectories(folder.resolve("downloads"));
    Download download = new Download(List.of(origin()), downloads, 1 << 20, Duration.ofSeconds(10));
    door =
        new QueueDoor(
            queue,
            new AllowedInputs(List.of(folder), download, AllowedInputsTest.NO_OBJECTS),
            downloads);
    bench.tell(new QueueEvents(queue, bench.store()));
    bench.tell(
        new JobListener() {
          @Override
          public void refused(Request request) {
            refused.add(request);
          }
        });
    bench.workplace().open(door);
    bench.workplace().start();
    doors =
        new Doors(
            queue,
            door.handler(bench.workplace().reception(), bench.workplace().gate(), Workbench.ROUTE));
    peer = doors.peer();
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    doors.close();
    bench.close();
    queue.close();
    server.stop(0);
  }

  private String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Path path = Path.of(exchange.getRequestURI().getPath());
    try (exchange) {
      if (hits.incrementAndGet() <= unwell) {
        exchange.sendResponseHeaders(503, -1);
      } else if (path.startsWith("/status")) {
        exchange.sendResponseHeaders(Integer.parseInt(path.getFileName().toString()), -1);
      } else {
        byte[] ct = Workbench.ct(7);
        exchange.sendResponseHeaders(200, ct.length);
        exchange.getResponseBody().write(ct);
      }
    }
  }

  private void ask(String id, String input, String more) {
    peer.send(
        Doors.REQUESTS,
        "{\"version\":1,\"id\":\"%s\",\"input\":\"%s\",\"reply\":\"my.replies\"%s}"
            .formatted(id, input, more));
  }

  private JsonNode reply() throws Exception {
    Message reply = peer.take("my.replies");
    assertNotNull(reply, "no reply came");
    return new ObjectMapper().readTree(reply.getBody(String.class));
  }

  @ParameterizedTest
  @CsvSource({"404, not-found", "403, not-allowed"})
  void what_a_server_does_not_give_is_refused_at_once(int status, String code) throws Exception {
    ask("a", origin() + "/status/" + status, "");
    assertEquals(code, reply().at("/failure/code").asText());
    assertEquals(code, peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
    assertEquals(1, hits.get());
  }

  @Test
  void a_server_that_stays_unwell_is_given_up_after_some_tries() throws Exception {
    unwell = Integer.MAX_VALUE;
    ask("a", origin() + "/ct.nii", "");
    JsonNode failure = reply().at("/failure");
    assertEquals("unreachable", failure.at("/code").asText());
    assertEquals(
        "The server of 'input' answers with status 503. It was tried %d times; ask again when it can be got."
            .formatted(TRIES),
        failure.at("/reason").asText());
    assertEquals("unreachable", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
    assertEquals(TRIES, hits.get());
    assertEquals("unreachable", refused.poll(5, TimeUnit.SECONDS).failure().code());
  }

  @Test
  void a_server_that_gets_well_again_gives_its_ct() throws Exception {
    unwell = TRIES - 1;
    ask("a", origin() + "/ct.nii", "");
    assertEquals("done", reply().at("/type").asText());
    assertEquals(TRIES, hits.get());
    await().untilAsserted(() -> assertEquals(List.of(), downloads()));
  }

  @Test
  void what_was_fetched_stays_until_the_answer_unless_others_give_that() throws Exception {
    Request request =
        bench
            .store()
            .requests()
            .receive(
                new Incoming(
                    "nobody's", "a", Order.of(Workbench.ROUTE), origin() + "/ct.nii", "{}"),
                null,
                Duration.ZERO,
                job -> true);
    Path ct = door.ct(request);
    door.wasRead(request);
    assertEquals(List.of(ct), downloads());
    door.keepNothing();
    door.wasRead(request);
    assertEquals(List.of(), downloads());
    assertEquals(ct, door.ct(request));
    assertEquals(2, hits.get());
  }

  private List<Path> downloads() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("downloads"))) {
      return files.toList();
    }
  }

  @Test
  void a_ct_of_another_digest_than_the_request_says_is_refused() throws Exception {
    ask("a", origin() + "/ct.nii", ",\"sha256\":\"%s\"".formatted("0".repeat(64)));
    assertEquals("digest-mismatch", reply().at("/failure/code").asText());
    assertEquals(1, hits.get());
  }

  @Test
  void a_request_that_is_refused_at_the_door_is_news_like_any_other() throws Exception {
    var context = peer.context().createContext(peer.context().getSessionMode());
    try (var events = context.createConsumer(context.createTopic(Doors.EVENTS))) {
      ask("a", "no path", "");
      Request request = refused.poll(10, TimeUnit.SECONDS);
      assertEquals("queue", request.door());
      assertEquals("bad-request", request.failure().code());
      JsonNode event = new ObjectMapper().readTree(events.receiveBody(String.class, 5_000));
      assertEquals("failed", event.at("/type").asText());
      assertEquals("a", event.at("/id").asText());
      assertEquals(reply(), event);
      assertEquals(List.of(), bench.store().listing().refused(1));
    }
  }

  @Test
  void an_id_that_was_served_is_not_for_another_ct() throws Exception {
    Workbench.ct(folder.resolve("one.nii"), 1);
    Workbench.ct(folder.resolve("two.nii"), 2);
    ask("a", folder.resolve("one.nii").toString(), "");
    JsonNode done = reply();
    assertEquals("done", done.at("/type").asText());
    ask("a", folder.resolve("two.nii").toString(), "");
    assertEquals("id-reused", reply().at("/failure/code").asText());
    assertEquals("a", peer.take(Doors.DEAD).getStringProperty(DeadLetters.REQUEST));
    ask("a", folder.resolve("one.nii").toString(), "");
    assertEquals(done, reply(), "it is answered from the record");
  }

  @Test
  void a_request_that_comes_again_while_it_is_refused_is_looked_at_again() throws Exception {
    Path ct = folder.resolve("ct.nii");
    AtomicInteger refusals = new AtomicInteger();
    bench.tell(
        new JobListener() {
          @Override
          public void refused(Request request) {
            if (refusals.incrementAndGet() == 1) {
              try {
                Workbench.ct(ct, 1);
                bench
                    .workplace()
                    .reception()
                    .receive(
                        new Incoming(
                            QueueDoor.NAME,
                            request.key(),
                            request.order(),
                            request.input(),
                            request.details()));
              } catch (IOException | KeyReusedException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        });
    ask("a", ct.toString(), "");
    await().until(() -> bench.store().listing().count(JobState.DONE) == 1);
    assertEquals(1, refusals.get());
  }

  @Test
  void a_deadline_that_has_passed_is_an_explained_failure() throws Exception {
    ask("a", origin() + "/ct.nii", ",\"deadline\":\"2020-01-01T00:00:00Z\"");
    JsonNode reply = reply();
    assertEquals("deadline-passed", reply.at("/failure/code").asText());
    assertEquals("deadline-passed", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
  }

  private JsonNode event(String id) throws Exception {
    peer.send(
        Doors.REQUESTS,
        ("{\"specversion\":\"1.0\",\"type\":\"org.islet.segmentation.request.v1\",\"source\":\"/me\","
                + "\"id\":\"%s\",\"data\":{\"version\":1,\"reply\":\"my.replies\",\"input\":\"%s\"}}")
            .formatted(id, folder.resolve("ct.nii")));
    JsonNode reply = reply();
    assertEquals("/islet", reply.at("/source").asText());
    return reply;
  }

  @Test
  void the_ids_of_cloud_events_are_of_their_request_and_attempt_and_stay() throws Exception {
    JsonNode early = event("a");
    assertEquals("org.islet.case.failed.v1", early.at("/type").asText());
    Workbench.ct(folder.resolve("ct.nii"), 1);
    JsonNode done = event("a");
    assertEquals("org.islet.case.done.v1", done.at("/type").asText());
    assertEquals(done.at("/id"), event("a").at("/id"));
    JsonNode other = event("b");
    assertEquals(done.at("/subject"), other.at("/subject"), "the same case");
    assertNotEquals(done.at("/id"), other.at("/id"));
    Files.delete(folder.resolve("ct.nii"));
    JsonNode failed = event("c");
    JsonNode failedAgain = event("c");
    assertEquals(new Failure("not-found", "x").code(), failed.at("/data/failure/code").asText());
    assertNotEquals(failed.at("/id"), failedAgain.at("/id"));
    assertTrue(failed.at("/id").asText().endsWith("-failed"), failed::toString);
  }

  private static ReceivedRequest request(String route) throws RequestRefusedException {
    String body =
        "{\"version\": 1, \"id\": \"a\", \"input\": \"/in/ct.nii.gz\", \"route\": \"%s\"}"
            .formatted(route);
    return new ReceivedRequest(
        SegmentationRequest.parse(body, Map.of()), "a", Optional.empty(), body, Map.of());
  }

  @Test
  void a_request_that_the_record_can_never_keep_is_refused_and_not_tried_again() throws Exception {
    RequestHandler handler =
        new QueueDoor(null, null, folder)
            .handler(bench.workplace().reception(), bench.workplace().gate(), Workbench.ROUTE);
    String tooLong = "Doe".repeat(100);
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> handler.accept(request(tooLong)));
    assertEquals("bad-request", refused.code());
    assertFalse(refused.getMessage().contains("Doe"), refused.getMessage());
    handler.accept(request(Workbench.ROUTE));
    assertEquals(1, bench.store().requests().openRequests(QueueDoor.NAME).size());
  }
}
