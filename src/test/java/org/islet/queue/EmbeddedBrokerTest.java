package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSRuntimeException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path folder;

  private BrokerSettings settings(int port, String user, String password) {
    return new BrokerSettings(
        folder.resolve("broker"),
        "127.0.0.1",
        port,
        user,
        password,
        Set.of("islet.requests"),
        Set.of("islet.events"));
  }

  private EmbeddedBroker broker() {
    return new EmbeddedBroker(settings(0, "", ""));
  }

  @Test
  void a_message_is_there_again_when_the_broker_is() throws Exception {
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      peer.send("islet.requests", "one");
      peer.send("made.by.sending", "two");
    }
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      assertEquals(List.of("one"), peer.takeAll("islet.requests"));
      assertEquals(List.of("two"), peer.takeAll("made.by.sending"));
      assertNull(peer.see("islet.requests", 200));
    }
  }

  @Test
  void a_topic_is_heard_while_somebody_listens() {
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      assertFalse(broker.isHeard("islet.events"));
      var consumer = peer.context().createConsumer(peer.context().createTopic("islet.events"));
      assertTrue(broker.isHeard("islet.events"));
      consumer.close();
      await().until(() -> !broker.isHeard("islet.events"));
    }
  }

  @Test
  void all_that_was_confirmed_and_not_acknowledged_survives_a_kill() throws Exception {
    List<String> sent = new ArrayList<>();
    Process process = child();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int port = Integer.parseInt(out.readLine());
      try (Peer peer = new Peer(new JmsConnectionFactory("amqp://127.0.0.1:" + port))) {
        for (int i = 0; i < 20; i++) {
          peer.send("islet.requests", "message " + i);
          sent.add("message " + i);
        }
        assertEquals("message 0", peer.take("islet.requests").getBody(String.class));
        assertNotNull(peer.see("islet.requests", 5_000));
        process.destroyForcibly().waitFor();
      } catch (JMSRuntimeException e) {
        assertTrue(sent.size() == 20, "closing what the kill has closed already");
      }
    } finally {
      process.destroyForcibly();
    }
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      assertEquals(sent.subList(1, 20), peer.takeAll("islet.requests"));
    }
  }

  private Process child() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx200m",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            folder.resolve("broker").toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** A process that has a broker until it is killed, and writes its port. */
  static final class Child {
    public static void main(String[] arguments) throws InterruptedException {
      try (EmbeddedBroker broker =
          new EmbeddedBroker(
              new BrokerSettings(
                  Path.of(arguments[0]), "127.0.0.1", 0, "", "", Set.of(), Set.of()))) {
        System.out.println(broker.port());
        Thread.sleep(Duration.ofMinutes(2).toMillis());
      }
    }
  }

  @Test
  void a_port_that_is_taken_is_named_with_the_settings_that_help() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String sentence =
          assertThrows(
                  BrokerException.class,
                  () -> new EmbeddedBroker(settings(taken.getLocalPort(), "", "")))
              .getMessage();
      assertTrue(sentence.contains("127.0.0.1:" + taken.getLocalPort()), sentence);
      assertTrue(sentence.contains("islet.queue.port"), sentence);
      assertTrue(sentence.contains("islet.queue.enabled"), sentence);
    }
    broker().close();
  }

  @Test
  void a_folder_that_another_broker_has_is_not_waited_for() {
    try (EmbeddedBroker first = broker()) {
      assertTrue(first.port() > 0);
      String sentence =
          assertTimeout(
                  Duration.ofSeconds(5), () -> assertThrows(BrokerException.class, this::broker))
              .getMessage();
      assertTrue(sentence.contains("is in use by another Islet"), sentence);
    }
    broker().close();
  }

  @Test
  void a_folder_that_cannot_be_made_is_named() throws Exception {
    Files.writeString(folder.resolve("broker"), "in the way");
    String sentence = assertThrows(BrokerException.class, this::broker).getMessage();
    assertTrue(sentence.contains(folder.resolve("broker").toString()), sentence);
  }

  @Test
  void with_a_user_nobody_else_gets_in() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker(settings(0, "islet", "secret"))) {
      String url = "amqp://127.0.0.1:" + broker.port();
      for (String[] wrong : new String[][] {{null, null}, {"islet", "Secret"}, {"x", "secret"}}) {
        assertThrows(
            JMSRuntimeException.class,
            () -> new Peer(new JmsConnectionFactory(wrong[0], wrong[1], url)).send("q", "no"));
      }
      try (Peer peer = new Peer(new JmsConnectionFactory("islet", "secret", url))) {
        peer.send("q", "yes");
        assertEquals(List.of("yes"), peer.takeAll("q"));
      }
    }
  }

  @Test
  void nobody_can_manage_it() {
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      assertThrows(
          JMSRuntimeException.class,
          () ->
              peer.send(
                  "activemq.management",
                  "[]",
                  Map.of("_AMQ_ResourceName", "broker", "_AMQ_OperationName", "forceFailover")));
    }
  }

  @Test
  void it_speaks_nothing_but_amqp() throws Exception {
    try (EmbeddedBroker broker = broker()) {
      try (ActiveMQConnectionFactory core =
          new ActiveMQConnectionFactory(
              "tcp://127.0.0.1:" + broker.port() + "?callTimeout=1000&connectionTtl=1000")) {
        assertThrows(JMSRuntimeException.class, () -> core.createContext().start());
      }
    }
  }

  @Test
  void a_message_that_is_too_large_is_refused_to_its_sender() throws Exception {
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      assertThrows(
          JMSRuntimeException.class,
          () -> peer.send("islet.requests", "x".repeat((int) EmbeddedBroker.LARGEST_MESSAGE)));
      String large = "x".repeat(QueueMessage.LARGEST_BODY);
      peer.send("islet.requests", large);
      assertEquals(List.of(large), peer.takeAll("islet.requests"));
    }
  }

  @Test
  void more_messages_than_fit_into_its_memory_go_to_disk_and_come_back() throws Exception {
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      String part = "x".repeat(QueueMessage.LARGEST_BODY / 16);
      for (int i = 0; i < 90; i++) {
        peer.send("islet.requests", i + part);
      }
      try (var pages = Files.walk(folder.resolve("broker/paging"))) {
        assertTrue(pages.anyMatch(f -> f.toString().endsWith(".page")));
      }
      List<String> all = peer.takeAll("islet.requests");
      assertEquals(90, all.size());
      assertEquals("89" + part, all.get(89));
    }
  }

  @Test
  void every_subscriber_of_a_topic_gets_its_messages() throws Exception {
    try (EmbeddedBroker broker = broker();
        Peer peer = new Peer(broker)) {
      var topic = peer.context().createTopic("islet.events");
      try (var one = peer.context().createConsumer(topic);
          var two = peer.context().createConsumer(topic)) {
        peer.context().createProducer().send(topic, "event");
        assertEquals("event", one.receiveBody(String.class, 5_000));
        assertEquals("event", two.receiveBody(String.class, 5_000));
      }
    }
  }
}
