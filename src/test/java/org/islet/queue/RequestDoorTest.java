package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.islet.request.RequestRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void an_input_that_stays_unreachable_is_given_up() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RequestHandler handler =
        request -> {
          calls.incrementAndGet();
          throw new InputUnreachableException("'input' cannot be got now.", null);
        };
    try (Doors doors = new Doors(queue, handler);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, REQUEST);
      assertEquals("unreachable", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      assertEquals(RequestDoor.MOST_DELIVERIES, calls.get());
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
}
