package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.ObjectMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.islet.request.RequestRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerConnectionsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:5672",
        "http://localhost",
        "vm://0",
        "amqp://user:secret@localhost",
        "tcp://user:secret@localhost",
        "failover:(amqp://user:secret@localhost)",
        "amqp://localhost?jms.nonsense=1",
      })
  void an_address_of_no_known_kind_or_with_a_password_is_refused(String url) {
    String sentence =
        assertThrows(BrokerException.class, () -> new BrokerConnections(url, "", "")).getMessage();
    assertTrue(sentence.contains("islet.queue.url"), sentence);
    assertTrue(!sentence.contains("secret"), sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://localhost:5672?jms.topicPrefix=/topic/",
        "amqps://name.servicebus.windows.net?amqp.idleTimeout=120000",
        "failover:(amqp://a:5672,amqps://b:5671)?failover.maxReconnectAttempts=3",
        "tcp://localhost:61616",
        "(tcp://a:61616,tcp://b:61616)?ha=true",
      })
  void addresses_of_the_known_kinds_are_taken(String url) {
    new BrokerConnections(url, "islet", "secret").close();
  }

  @Test
  void a_host_that_others_reach_needs_a_user() {
    QueueSettings open = new QueueSettings("", "", "", "0.0.0.0", 0, "r", "d", "e", 1);
    String sentence =
        assertThrows(BrokerException.class, () -> new QueueService(open, folder)).getMessage();
    assertTrue(sentence.contains("islet.queue.user"), sentence);
    QueueSettings guarded =
        new QueueSettings("", "islet", "secret", "0.0.0.0", 0, "r", "d", "e", 1);
    try (QueueService queue = new QueueService(guarded, folder);
        Peer peer = new Peer(queue.connections().consuming())) {
      peer.send("q", "hello");
      assertTrue(queue.port().isPresent());
    }
  }

  @Test
  void artemis_is_spoken_to_in_its_own_protocol_too() throws Exception {
    ActiveMQServerImpl server =
        new ActiveMQServerImpl(
            new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                .addAcceptorConfiguration("core", "tcp://127.0.0.1:0"));
    server.start();
    AtomicInteger troubles = new AtomicInteger();
    BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    RequestHandler handler =
        received -> {
          if (received.request().id().equals("bad")) {
            throw new RequestRefusedException("not-found", "It is not there.");
          }
          if (troubles.incrementAndGet() < 3) {
            throw new IOException("the store is away");
          }
          taken.add(received.request().id());
        };
    int port = ((NettyAcceptor) server.getRemotingService().getAcceptor("core")).getActualPort();
    QueueSettings settings = Doors.settings("tcp://127.0.0.1:" + port);
    try (QueueService queue = new QueueService(settings, folder);
        Peer peer = new Peer(queue.connections().consuming());
        Doors doors = new Doors(queue, handler)) {
      String request = "{\"version\":1,\"id\":\"%s\",\"input\":\"/in/ct.nii\"}";
      peer.send(Doors.REQUESTS, request.formatted("good"));
      assertEquals("good", taken.poll(10, TimeUnit.SECONDS));
      peer.send(Doors.REQUESTS, request.formatted("bad"));
      await().until(() -> doors.queue.deadLetters().redrive(1) == 1);
      assertEquals("not-found", peer.take(Doors.DEAD).getStringProperty(DeadLetters.CODE));
      peer.context().createProducer().send(peer.context().createQueue("objects"), Instant.EPOCH);
      ObjectMessage object = (ObjectMessage) peer.see("objects", 5_000);
      assertThrows(JMSException.class, object::getObject);
    } finally {
      server.stop();
    }
  }
}
