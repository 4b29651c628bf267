package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.BytesMessage;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.islet.request.RequestRefusedException;
import org.islet.store.Failure;
import org.islet.store.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDoorTest {

  private static final String REQUEST = "{\"version\":1,\"id\":\"a\",\"input\":\"/in/ct.nii.gz\"}";

  @TempDir Path folder;

  private final BlockingQueue<ReceivedRequest> taken = new LinkedBlockingQueue<>();
  private QueueService queue;

  @BeforeEach
  void start() {
    queue = Doors.embedded(folder.resolve("broker"));
  }

  @AfterEach
  void stop() {
    queue.close();
  }

  private ReceivedRequest next() throws InterruptedException {
    ReceivedRequest next = taken.poll(10, TimeUnit.SECONDS);
    assertNotNull(next, "no request came");
    return next;
  }

  @Test
  void a_request_is_handed_on_and_then_gone() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST);
      ReceivedRequest request = next();
      assertEquals("/in/ct.nii.gz", request.request().input());
      assertEquals("a", request.correlationId());
      assertEquals(Optional.empty(), request.reply());
    }
    try (Peer peer = new Peer(queue.connections().consuming())) {
      assertNull(peer.see(Doors.REQUESTS, 300));
      assertNull(peer.see(Doors.DEAD, 300));
    }
  }

  @Test
  void bytes_are_as_good_as_text_and_the_message_says_where_its_reply_goes() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      BytesMessage message = peer.context().createBytesMessage();
      message.writeBytes(REQUEST.getBytes(StandardCharsets.UTF_8));
      message.setJMSReplyTo(peer.context().createQueue("my.replies"));
      message.setJMSCorrelationID("order-7");
      peer.context().createProducer().send(peer.context().createQueue(Doors.REQUESTS), message);
      ReceivedRequest request = next();
      assertEquals("order-7", request.correlationId());
      assertEquals(Optional.of("queue:my.replies"), request.reply());
    }
  }

  @Test
  void what_is_refused_becomes_a_dead_letter_with_its_cause_at_once() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RequestHandler handler =
        request -> {
          calls.incrementAndGet();
          throw new RequestRefusedException("not-found", "There is no file where 'input' says.");
        };
    try (Doors doors = new Doors(queue, handler);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST, Map.of("mine", "7"));
      Message dead = peer.take(Doors.DEAD);
      assertEquals(REQUEST, dead.getBody(String.class));
      assertEquals("not-found", dead.getStringProperty(DeadLetters.CODE));
      assertEquals(
          "There is no file where 'input' says.", dead.getStringProperty(DeadLetters.REASON));
      assertEquals("a", dead.getStringProperty(DeadLetters.REQUEST));
      assertEquals(Doors.REQUESTS, dead.getStringProperty(DeadLetters.QUEUE));
      assertTrue(dead.getStringProperty(DeadLetters.TIME).endsWith("Z"));
      assertEquals("7", dead.getStringProperty("mine"));
      assertEquals(1, calls.get());
    }
  }

  @Test
  void a_message_that_is_no_request_never_reaches_the_handler() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, "{\"version\":1}");
      assertEquals("bad-request", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      var requests = peer.context().createQueue(Doors.REQUESTS);
      peer.context().createProducer().send(requests, Map.of("version", 1));
      assertEquals("bad-request", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      peer.context().createProducer().send(requests, Instant.EPOCH);
      assertEquals("bad-request", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      peer.context().createProducer().send(requests, new byte[] {(byte) 0xff});
      assertEquals("bad-request", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      peer.send(Doors.REQUESTS, "x".repeat(QueueMessage.LARGEST_BODY + 1));
      assertEquals("too-large", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      assertTrue(taken.isEmpty());
    }
  }

  @Test
  void half_a_character_is_refused_and_not_sent_on() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      for (int version = 1; version <= 2; version++) {
        peer.send(
            Doors.REQUESTS,
            "{\"version\":%d,\"id\":\"s\\ud800\",\"input\":\"/in/ct.nii\"}".formatted(version));
        Message dead = peer.take(Doors.DEAD);
        assertEquals("bad-request", dead.getStringProperty(DeadLetters.CODE));
        assertNull(dead.getStringProperty(DeadLetters.REQUEST));
      }
      assertTrue(taken.isEmpty());
    }
  }

  private void askWithReplyTo(Peer peer, String body, String queue) throws Exception {
    Message message = peer.context().createTextMessage(body);
    message.setJMSReplyTo(peer.context().createQueue(queue));
    peer.context().createProducer().send(peer.context().createQueue(Doors.REQUESTS), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a queue", "activemq.management", Doors.REQUESTS, "a::b"})
  void a_reply_address_that_nothing_is_sent_to_is_refused(String queue) throws Exception {
    try (Doors doors = new Doors(this.queue, taken::add);
        Peer peer = doors.peer()) {
      askWithReplyTo(peer, REQUEST, queue);
      Message dead = peer.take(Doors.DEAD);
      assertEquals("bad-request", dead.getStringProperty(DeadLetters.CODE));
      assertEquals("a", dead.getStringProperty(DeadLetters.REQUEST));
      String other = REQUEST.replace("}", ",\"reply\":\"queue:my.replies\"}");
      askWithReplyTo(peer, other, queue);
      assertEquals(Optional.of("queue:my.replies"), next().reply());
    }
  }

  @Test
  void a_reply_address_may_be_written_as_for_rabbitmq() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      askWithReplyTo(peer, REQUEST, "/queue/my.replies");
      assertEquals(Optional.of("queue:my.replies"), next().reply());
    }
  }

  @Test
  void a_door_that_is_shut_leaves_messages_where_they_are() throws Exception {
    AtomicBoolean open = new AtomicBoolean();
    RequestHandler handler =
        new RequestHandler() {
          @Override
          public void accept(ReceivedRequest request) {
            taken.add(request);
          }

          @Override
          public boolean isOpen() {
            return open.get();
          }
        };
    try (Doors doors = new Doors(queue, handler);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST);
      peer.send(Doors.REQUESTS, "{}");
      assertNull(peer.see(Doors.DEAD, 1_000));
      assertTrue(taken.isEmpty());
      open.set(true);
      assertEquals("a", next().request().id());
    }
  }

  @Test
  void the_sender_of_a_refused_request_is_told() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      peer.send(
          Doors.REQUESTS, "{\"version\":7,\"id\":\"a\",\"input\":\"/x\",\"reply\":\"my.replies\"}");
      Message reply = peer.take("my.replies");
      assertEquals("a", reply.getJMSCorrelationID());
      assertEquals("failed", reply.getStringProperty(ReplyMessage.TYPE));
      JsonNode body = new ObjectMapper().readTree(reply.getBody(String.class));
      assertEquals("a", body.path("id").asText());
      assertEquals("bad-request", body.path("failure").path("code").asText());
      assertTrue(body.path("failure").path("reason").asText().contains("'version'"));
    }
  }

  @Test
  void a_reply_never_goes_to_islets_own_queues() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      for (String own :
          new String[] {Doors.REQUESTS, "queue:" + Doors.DEAD, "topic:islet.events"}) {
        peer.send(
            Doors.REQUESTS,
            "{\"version\":1,\"id\":\"a\",\"input\":\"/x\",\"reply\":\"%s\"}".formatted(own));
        assertEquals("bad-request", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      }
      assertTrue(taken.isEmpty());
      assertNull(peer.see(Doors.DEAD, 300));
    }
  }

  @Test
  void passing_trouble_is_tried_again_until_it_has_passed() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RequestHandler handler =
        request -> {
          if (calls.incrementAndGet() <= RequestDoor.MOST_DELIVERIES + 2) {
            throw new IOException("the store is away");
          }
          taken.add(request);
        };
    try (Doors doors = new Doors(queue, handler);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST);
      assertEquals("a", next().request().id());
      assertNull(peer.see(Doors.DEAD, 300));
    }
  }

  @Test
  void a_mistake_of_ours_does_not_go_round_for_ever() throws Exception {
    RequestHandler handler =
        request -> {
          throw new IllegalStateException("a bug");
        };
    try (Doors doors = new Doors(queue, handler);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST);
      assertEquals("internal", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
    }
  }

  @Test
  void a_request_under_way_when_the_service_ends_comes_again() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RequestHandler handler =
        request -> {
          calls.incrementAndGet();
          throw new IOException("the store is away");
        };
    try (Doors doors = new Doors(queue, handler);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST);
      await().until(() -> calls.get() > 0);
    }
    Doors again = new Doors(queue, taken::add);
    assertEquals("a", next().request().id());
    again.close();
  }

  /** A handler that takes everything and keeps what was refused before. */
  private static final class Refusals implements RequestHandler {

    final BlockingQueue<Request> refused = new LinkedBlockingQueue<>();

    @Override
    public void accept(ReceivedRequest request) throws RequestRefusedException {
      if (request.request().id().equals("reused")) {
        throw new RequestRefusedException("id-reused", "It was another.");
      }
    }

    @Override
    public void refused(Request request) {
      refused.add(request);
    }

    Request next() throws InterruptedException {
      Request next = refused.poll(10, TimeUnit.SECONDS);
      assertNotNull(next, "nothing was refused");
      return next;
    }
  }

  @Test
  void whatever_is_refused_at_the_door_is_told_with_what_could_be_read_of_it() throws Exception {
    Refusals refusals = new Refusals();
    try (Doors doors = new Doors(queue, refusals);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, "no request");
      Request nothing = refusals.next();
      assertEquals("queue", nothing.door());
      assertEquals("bad-request", nothing.failure().code());
      assertNull(nothing.key());
      peer.send(Doors.REQUESTS, REQUEST.replace("\"a\"", "\"reused\""));
      Request reused = refusals.next();
      assertEquals(new Failure("id-reused", "It was another."), reused.failure());
      assertEquals("reused", reused.key());
      assertEquals("reused", RequestDetails.of(reused).about(reused).correlationId());
      peer.send(Doors.REQUESTS, "x".repeat(QueueMessage.LARGEST_BODY + 1));
      assertEquals("too-large", refusals.next().failure().code());
    }
  }

  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"type\":\"org.islet.segmentation.request.v1\",\"source\":\"/me\","
          + "\"id\":\"order-7\",\"data\":{\"version\":1,\"reply\":\"my.replies\"%s}}";

  private static JsonNode failedEvent(Peer peer) throws Exception {
    Message reply = peer.take("my.replies");
    assertNotNull(reply, "no reply came");
    JsonNode event = new ObjectMapper().readTree(reply.getBody(String.class));
    assertEquals("1.0", event.path("specversion").asText(), event.toString());
    assertEquals("org.islet.case.failed.v1", event.path("type").asText());
    assertEquals("bad-request", event.at("/data/failure/code").asText());
    return event;
  }

  @Test
  void a_cloud_event_that_is_refused_is_answered_with_cloud_events_of_different_ids()
      throws Exception {
    try (Doors doors = new Doors(queue, new Refusals());
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, EVENT.formatted(""));
      JsonNode structured = failedEvent(peer);
      assertEquals("order-7", structured.at("/data/id").asText());

      BytesMessage message = peer.context().createBytesMessage();
      message.writeBytes("no JSON".getBytes(StandardCharsets.UTF_8));
      message.setStringProperty("cloudEvents_specversion", "1.0");
      message.setStringProperty("cloudEvents_id", "order-8");
      message.setJMSReplyTo(peer.context().createQueue("my.replies"));
      peer.context().createProducer().send(peer.context().createQueue(Doors.REQUESTS), message);
      JsonNode binary = failedEvent(peer);
      assertEquals("order-8", binary.at("/data/id").asText());

      peer.send(Doors.REQUESTS, EVENT.formatted("").replace("order-7", ""));
      JsonNode nameless = failedEvent(peer);
      assertTrue(nameless.at("/data/id").isMissingNode());
      assertEquals(
          3,
          Stream.of(structured, binary, nameless)
              .map(e -> e.at("/id").asText())
              .distinct()
              .count());
    }
  }

  @Test
  void a_message_that_is_delivered_again_is_told_from_others_of_the_same_text() throws Exception {
    UUID print;
    try (Peer peer = new Peer(queue.connections().consuming())) {
      peer.send("some", "text", Map.of("mine", "7"));
      peer.send("some", "text", Map.of("mine", "7"));
      print = QueueMessage.print(peer.see("some", 5_000));
    }
    try (Peer peer = new Peer(queue.connections().consuming())) {
      Message again = peer.take("some");
      assertTrue(again.getJMSRedelivered());
      assertEquals(print, QueueMessage.print(again));
      assertNotEquals(print, QueueMessage.print(peer.take("some")));
    }
  }

  @Test
  void a_message_without_a_body_is_no_request() throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      var requests = peer.context().createQueue(Doors.REQUESTS);
      for (Message empty :
          List.of(
              peer.context().createMessage(),
              peer.context().createTextMessage(),
              peer.context().createBytesMessage(),
              peer.context().createStreamMessage())) {
        peer.context().createProducer().send(requests, empty);
        assertEquals("bad-request", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      }
      assertTrue(taken.isEmpty());
    }
  }

  @Test
  void the_largest_message_that_the_broker_takes_still_becomes_a_dead_letter_and_is_sent_again()
      throws Exception {
    try (Doors doors = new Doors(queue, taken::add);
        Peer peer = doors.peer()) {
      int length = (int) EmbeddedBroker.LARGEST_MESSAGE - 300;
      peer.send(Doors.REQUESTS, "x".repeat(length));
      await().untilAsserted(() -> assertEquals(1, queue.depths().get(Doors.DEAD).getAsLong()));
      assertEquals(1, queue.deadLetters().redrive(1));
      Message dead = peer.take(Doors.DEAD);
      assertEquals("too-large", dead.getStringProperty(DeadLetters.CODE));
      assertEquals(length, dead.getBody(String.class).length());
    }
  }

  @Test
  void a_dead_letter_that_the_broker_does_not_take_is_tried_again_after_pauses() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RequestHandler handler =
        request -> {
          calls.incrementAndGet();
          throw new RequestRefusedException("not-found", "x".repeat(2 << 20));
        };
    try (Doors doors = new Doors(queue, handler, Duration.ofMillis(200));
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST);
      await().until(() -> calls.get() > 0);
      Thread.sleep(1500);
      assertTrue(calls.get() >= 2 && calls.get() <= 5, () -> calls.get() + " calls");
    }
  }
}
