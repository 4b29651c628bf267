package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.islet.request.RequestRefusedException;
import org.islet.store.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  private static final String REQUEST = "{\"version\":1,\"id\":\"%s\",\"input\":\"/in/ct.nii.gz\"}";

  @TempDir Path folder;

  private QueueService queue;
  private Peer peer;

  @BeforeEach
  void start() {
    queue = Doors.embedded(folder);
    JmsConnectionFactory any =
        new JmsConnectionFactory("amqp://127.0.0.1:" + queue.port().orElseThrow());
    any.setValidatePropertyNames(false);
    peer = new Peer(any);
  }

  @AfterEach
  void stop() {
    peer.close();
    queue.close();
  }

  @Test
  void a_dead_letter_is_all_that_its_sender_sent_and_the_cause() throws Exception {
    BytesMessage sent = peer.context().createBytesMessage();
    sent.writeBytes(new byte[] {1, 2, 3});
    sent.setJMSCorrelationID("order-7");
    sent.setJMSReplyTo(peer.context().createQueue("my.replies"));
    sent.setStringProperty("cloudEvents:id", "event");
    sent.setIntProperty("tenant", 4);
    sent.setStringProperty("not-a-name", "dropped");
    sent.setStringProperty(DeadLetters.CODE, "forged");
    peer.context().createProducer().send(peer.context().createQueue(Doors.REQUESTS), sent);

    Message received = peer.see(Doors.REQUESTS, 5_000);
    queue.deadLetters().add(received, new Failure("not-found", "It is not there."), null);
    BytesMessage dead = (BytesMessage) peer.see(Doors.DEAD, 5_000);
    assertArrayEquals(new byte[] {1, 2, 3}, QueueMessage.bytes(dead));
    assertEquals("order-7", dead.getJMSCorrelationID());
    assertEquals("queue:my.replies", ReceivedRequest.replyTo(dead).orElseThrow());
    assertEquals("event", dead.getStringProperty("cloudEvents_id"));
    assertEquals(4, dead.getIntProperty("tenant"));
    assertFalse(dead.propertyExists("not-a-name"));
    assertEquals("not-found", dead.getStringProperty(DeadLetters.CODE));
    assertFalse(dead.propertyExists(DeadLetters.REQUEST));
  }

  @Test
  void a_copy_that_is_not_confirmed_is_a_failure() throws Exception {
    peer.send(Doors.REQUESTS, "x");
    Message received = peer.see(Doors.REQUESTS, 5_000);
    queue.close();
    assertThrows(
        JMSRuntimeException.class,
        () ->
            queue.deadLetters().add(received, new Failure("not-found", "It is not there."), null));
  }

  @Test
  void a_re_drive_sends_each_dead_letter_once_and_those_that_fail_again_stay_dead()
      throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    AtomicInteger refused = new AtomicInteger();
    BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    RequestHandler handler =
        received -> {
          String id = received.request().id();
          if (!mended.get() || id.equals("bad")) {
            refused.incrementAndGet();
            throw new RequestRefusedException("not-found", "It is not there.");
          }
          taken.add(id);
        };
    try (Doors doors = new Doors(queue, handler)) {
      for (String id : List.of("1", "bad", "2")) {
        peer.send(doors.queue.requests().replaceFirst(".*:", ""), REQUEST.formatted(id));
      }
      for (int i = 0; i < 50 && refused.get() < 3; i++) {
        Thread.sleep(100);
      }
      mended.set(true);
      assertEquals(3, queue.deadLetters().redrive(100));
      await().untilAsserted(() -> assertEquals(Set.of("1", "2"), Set.copyOf(taken)));
      Message dead = peer.take(Doors.DEAD);
      assertEquals("bad", dead.getStringProperty(DeadLetters.REQUEST));
      assertNull(peer.see(Doors.DEAD, 300));
      assertEquals(4, refused.get());
    }
  }

  @Test
  void a_re_drive_is_no_second_message_to_a_broker_that_drops_those() throws Exception {
    try (Doors doors =
            new Doors(
                queue,
                request -> {
                  throw new RequestRefusedException("not-found", "It is not there.");
                });
        Peer sender = doors.peer()) {
      Message once = sender.context().createTextMessage(REQUEST.formatted("once"));
      once.setStringProperty("_AMQ_DUPL_ID", "order-1");
      sender.context().createProducer().send(sender.context().createQueue(Doors.REQUESTS), once);
      await().until(() -> queue.depths().get(Doors.DEAD).getAsLong() == 1);
    }
    assertEquals(1, queue.deadLetters().redrive(10));
    assertEquals(List.of(REQUEST.formatted("once")), peer.takeAll(Doors.REQUESTS));
  }

  @Test
  void the_broker_inside_tells_how_many_messages_wait() throws Exception {
    assertEquals(Set.of(Doors.REQUESTS, Doors.DEAD), queue.depths().keySet());
    peer.send(Doors.DEAD, "one");
    peer.send(Doors.DEAD, "two");
    try (Peer other = new Peer(queue.connections().consuming())) {
      assertNotNull(other.see(Doors.DEAD, 5_000));
      assertEquals(2, queue.depths().get(Doors.DEAD).getAsLong(), "one is seen and not taken");
    }
    assertEquals(0, queue.depths().get(Doors.REQUESTS).getAsLong());
    queue.deadLetters().redrive(1);
    await().untilAsserted(() -> assertEquals(1, queue.depths().get(Doors.REQUESTS).getAsLong()));
    var depth = queue.depths().get(Doors.DEAD);
    queue.close();
    assertEquals(0, depth.getAsLong());
    try (QueueService elsewhere = QueueService.visit(Doors.settings("amqp://127.0.0.1:1"))) {
      assertEquals(Map.of(), elsewhere.depths());
    }
  }

  @Test
  void a_re_drive_ends_at_its_bound_and_leaves_the_rest() throws Exception {
    for (int i = 0; i < 8; i++) {
      peer.send(Doors.DEAD, "dead " + i);
    }
    assertEquals(3, queue.deadLetters().redrive(3));
    assertEquals(List.of("dead 0", "dead 1", "dead 2"), peer.takeAll(Doors.REQUESTS));
    assertEquals(5, peer.takeAll(Doors.DEAD).size());
    assertEquals(0, queue.deadLetters().redrive(3));
  }
}
