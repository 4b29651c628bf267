package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.islet.request.RequestRefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RabbitMQ instead of the broker inside the process. */
class RabbitMqTest {

  @TempDir static Path folder;

  private static RabbitMq rabbit;

  @BeforeAll
  static void start() throws IOException {
    rabbit = RabbitMq.startOrSkip(folder);
  }

  @AfterAll
  static void stop() {
    if (rabbit != null) {
      rabbit.close();
    }
  }

  private static String request(String id) {
    return "{\"version\":1,\"id\":\"%s\",\"input\":\"/in/ct.nii.gz\",\"reply\":\"my.replies\"}"
        .formatted(id);
  }

  private static QueueService queue() {
    return queue(rabbit.url(), Doors.DEAD);
  }

  private static QueueService queue(String url, String deadLetters) {
    QueueSettings settings =
        new QueueSettings(
            url, "guest", "guest", "", 0, Doors.REQUESTS, deadLetters, Doors.EVENTS, 2);
    return new QueueService(settings, folder.resolve("unused"));
  }

  @Test
  void requests_come_dead_letters_and_replies_go_and_trouble_is_tried_again() throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    AtomicInteger troubles = new AtomicInteger();
    BlockingQueue<ReceivedRequest> taken = new LinkedBlockingQueue<>();
    RequestHandler handler =
        received -> {
          String id = received.request().id();
          if (id.equals("passing") && troubles.incrementAndGet() < 4) {
            throw new IOException("the store is away");
          }
          if (id.equals("bad") && !mended.get()) {
            throw new RequestRefusedException("not-found", "It is not there.");
          }
          taken.add(received);
        };
    try (QueueService queue = queue();
        Peer peer = new Peer(queue.connections().consuming())) {
      try (Doors doors = new Doors(queue, handler)) {
        BytesMessage message = peer.context().createBytesMessage();
        message.writeBytes(request("passing").getBytes(StandardCharsets.UTF_8));
        message.setJMSCorrelationID("order-7");
        message.setStringProperty("CamelFileName", "elsewhere");
        peer.context().createProducer().send(peer.context().createQueue(Doors.REQUESTS), message);
        ReceivedRequest passing = taken.poll(10, TimeUnit.SECONDS);
        assertEquals("order-7", passing.correlationId());
        assertEquals(Optional.of("my.replies"), passing.reply());
        assertEquals(4, troubles.get());

        doors.queue.reply(
            passing.reply().orElseThrow(),
            ReplyMessage.of(
                ReplyMessage.Type.ACCEPTED,
                new ReplyMessage.About(
                    "passing", "case", passing.correlationId(), false, false, null),
                Instant.EPOCH));
        Message reply = peer.take("my.replies");
        assertEquals("order-7", reply.getJMSCorrelationID());
        assertTrue(reply.getBody(String.class).contains("\"type\":\"accepted\""));

        peer.send(Doors.REQUESTS, request("bad"));
        assertEquals("failed", peer.take("my.replies").getStringProperty(ReplyMessage.TYPE));
        try (Peer other = new Peer(queue.connections().consuming())) {
          Message dead = other.see(Doors.DEAD, 5_000);
          assertEquals("not-found", dead.getStringProperty(DeadLetters.CODE));
        }
      }
    }
    mended.set(true);
    try (QueueService queue = queue();
        Peer peer = new Peer(queue.connections().consuming());
        Doors doors = new Doors(queue, handler)) {
      assertEquals(1, doors.queue.deadLetters().redrive(10));
      assertEquals("bad", taken.poll(10, TimeUnit.SECONDS).request().id());
      assertNull(peer.see(Doors.DEAD, 300));
    }
  }

  @Test
  void a_mistake_of_ours_does_not_go_round_for_ever_where_deliveries_are_not_counted()
      throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RequestHandler handler =
        received -> {
          calls.incrementAndGet();
          throw new IllegalStateException("a bug");
        };
    try (QueueService queue = queue();
        Doors doors = new Doors(queue, handler);
        Peer peer = doors.peer()) {
      peer.send(Doors.REQUESTS, request("bug"));
      assertEquals("internal", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      assertEquals("failed", peer.take("my.replies").getStringProperty(ReplyMessage.TYPE));
      assertEquals(RequestDoor.MOST_DELIVERIES, calls.get());
    }
  }

  @Test
  void a_queue_that_is_not_there_is_told_and_one_that_is_keeps_its_messages() throws Exception {
    try (QueueService queue = queue(rabbit.url() + "&jms.requestTimeout=3000", "nowhere")) {
      queue.probe();
      String trouble = queue.trouble().orElseThrow();
      assertTrue(trouble.startsWith("The queue nowhere cannot be opened at the broker"), trouble);
    }
    try (QueueService queue = queue();
        Peer peer = new Peer(queue.connections().consuming())) {
      peer.send(Doors.DEAD, "one");
      queue.probe();
      queue.probe();
      assertEquals(Optional.empty(), queue.trouble());
      assertEquals("one", peer.take(Doors.DEAD).getBody(String.class));
    }
  }

  @Test
  void every_subscriber_gets_the_events() throws Exception {
    try (QueueService queue = queue();
        Peer peer = new Peer(queue.connections().consuming())) {
      var context = peer.context().createContext(JMSContext.AUTO_ACKNOWLEDGE);
      var topic = context.createTopic(Doors.EVENTS);
      try (var one = context.createConsumer(topic);
          var two = context.createConsumer(topic)) {
        queue.publish(
            ReplyMessage.of(
                ReplyMessage.Type.STARTED,
                new ReplyMessage.About("a", "case", "a", false, false, null),
                Instant.EPOCH));
        assertTrue(one.receiveBody(String.class, 5_000).contains("started"));
        assertTrue(two.receiveBody(String.class, 5_000).contains("started"));
      }
    }
  }

  @Test
  void what_waits_in_a_queue_is_there_after_a_crash_of_the_broker() throws Exception {
    try (QueueService queue = queue();
        Peer peer = new Peer(queue.connections().consuming())) {
      peer.send("my.replies", "one");
    }
    rabbit.crashAndRestart();
    try (QueueService queue = queue();
        Peer peer = new Peer(queue.connections().consuming())) {
      assertEquals("one", peer.take("my.replies").getBody(String.class));
    }
  }

  @Test
  void what_was_received_and_not_acknowledged_comes_again_after_the_receiver_is_gone()
      throws Exception {
    try (QueueService queue = queue()) {
      try (Peer peer = new Peer(queue.connections().consuming())) {
        peer.send("my.replies", "one");
        assertEquals("one", peer.see("my.replies", 5_000).getBody(String.class));
      }
      try (Peer peer = new Peer(queue.connections().consuming())) {
        assertEquals("one", peer.take("my.replies").getBody(String.class));
      }
    }
  }

  @Test
  void one_consumer_is_not_sent_all_that_waits() throws Exception {
    int many = 6000;
    try (QueueService queue = queue();
        JMSContext context =
            queue.connections().consuming().createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
      var waiting = context.createQueue("my.replies");
      var producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
      for (int i = 0; i < many; i++) {
        producer.send(waiting, "one of many");
      }
      int most = 0;
      try (var consumer = context.createConsumer(waiting)) {
        for (int i = 1; i <= many; i++) {
          consumer.receive(5_000).acknowledge();
          if (i % 1000 == 0) {
            most = Math.max(most, rabbit.unacknowledged("my.replies"));
          }
        }
      }
      assertTrue(most <= 2, most + " messages were sent to it at one time");
    }
  }
}
