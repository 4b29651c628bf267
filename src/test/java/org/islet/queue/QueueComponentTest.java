package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Message;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueComponentTest {

  @TempDir Path folder;

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final BlockingQueue<Map<String, Object>> headers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> bodies = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    context.stop();
  }

  /** A route as somebody who deploys Islet may write it. */
  private void route(BrokerConnections connections) throws Exception {
    context.addComponent(QueueComponent.SCHEME, QueueComponent.of(connections, 1));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("jms:queue:in")
                .process(e -> headers.add(new TreeMap<>(e.getMessage().getHeaders())))
                .process(e -> bodies.add(String.valueOf(e.getMessage().getBody())))
                .to("jms:queue:out");
          }
        });
    context.start();
  }

  @Test
  void headers_that_would_steer_camel_do_not_get_in() throws Exception {
    try (QueueService queue = Doors.embedded(folder);
        Peer peer = new Peer(hostile(queue))) {
      route(queue.connections());
      Message message = peer.context().createTextMessage("hello");
      for (String name :
          List.of(
              "CamelFileName",
              "CamelJmsDestinationName",
              "cAmElBeanMethodName",
              "CAMELHTTPURI",
              "CamelJmsDestination",
              "Camel_DOT_x",
              "Camel_HYPHEN_x",
              "Camel-x",
              "camel.x",
              "org.apache.camel.x",
              "org_DOT_apache_DOT_camel_DOT_x",
              "tenant")) {
        message.setStringProperty(name, "elsewhere");
      }
      message.setJMSReplyTo(peer.context().createQueue("elsewhere"));
      peer.context().createProducer().send(peer.context().createQueue("in"), message);

      Map<String, Object> seen = headers.poll(10, TimeUnit.SECONDS);
      assertNotNull(seen);
      assertEquals("elsewhere", seen.remove("tenant"));
      assertFalse(seen.containsValue("elsewhere"), seen.toString());
      assertEquals("hello", peer.take("out").getBody(String.class));
      assertNull(peer.see("elsewhere", 500));
    }
  }

  /** A client that writes what it likes as the names of properties. */
  private static JmsConnectionFactory hostile(QueueService queue) {
    JmsConnectionFactory factory =
        new JmsConnectionFactory("amqp://127.0.0.1:" + queue.port().orElseThrow());
    factory.setValidatePropertyNames(false);
    return factory;
  }

  @ParameterizedTest
  @CsvSource({
    "CamelFileName, true",
    "cAmElBeanMethodName, true",
    "_CamelFileName, true",
    "Camel_DOT_x, true",
    "org_DOT_apache_DOT_camel_DOT_x, true",
    "cloudEvents:type, false",
    "tenant, false",
    "JMSType, false",
  })
  void names_are_seen_through(String name, boolean steers) {
    assertEquals(steers, OutsideHeaders.steers(name));
  }

  @Test
  void a_java_object_is_never_made_from_a_message() throws Exception {
    try (QueueService queue = Doors.embedded(folder);
        Peer peer = new Peer(queue.connections().consuming())) {
      route(queue.connections());
      peer.context().createProducer().send(peer.context().createQueue("in"), new Trap());
      assertEquals("null", bodies.poll(10, TimeUnit.SECONDS));
      assertEquals(0, Trap.SPRUNG.get());
    }
  }

  /** Something that does harm when it is deserialised. */
  static final class Trap implements Serializable {
    static final AtomicInteger SPRUNG = new AtomicInteger();

    private void readObject(ObjectInputStream in) throws InvalidClassException {
      SPRUNG.incrementAndGet();
      throw new InvalidClassException("sprung");
    }
  }

  @Test
  void a_message_whose_route_fails_comes_again_and_says_how_often() throws Exception {
    BlockingQueue<Integer> deliveries = new LinkedBlockingQueue<>();
    try (QueueService queue = Doors.embedded(folder);
        Peer peer = new Peer(queue.connections().consuming())) {
      context.addComponent(QueueComponent.SCHEME, queue.component());
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              errorHandler(noErrorHandler());
              from("jms:queue:in")
                  .process(
                      e -> {
                        int delivery = e.getMessage().getHeader("JMSXDeliveryCount", Integer.class);
                        deliveries.add(delivery);
                        if (delivery < 3) {
                          throw new IllegalStateException("not yet");
                        }
                      });
            }
          });
      context.start();
      peer.send("in", "hello");
      for (int expected = 1; expected <= 3; expected++) {
        assertEquals(expected, deliveries.poll(10, TimeUnit.SECONDS));
      }
      context.stop();
      assertNull(peer.see("in", 300));
    }
  }

  @Test
  void routes_start_without_a_broker_and_find_it_when_it_comes() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (BrokerConnections connections =
        new BrokerConnections("amqp://127.0.0.1:" + port, "", "")) {
      long begin = System.nanoTime();
      route(connections);
      assertTrue(System.nanoTime() - begin < 5_000_000_000L);
      for (int round = 0; round < 2; round++) {
        QueueSettings settings =
            new QueueSettings("", "", "", "127.0.0.1", port, "in", "dead", "events", 1);
        try (QueueService queue = new QueueService(settings, folder);
            Peer peer = new Peer(queue.connections().consuming())) {
          peer.send("in", "hello " + round);
          assertEquals("hello " + round, bodies.poll(20, TimeUnit.SECONDS));
          await().until(() -> peer.see("in", 10) == null);
        }
      }
    }
  }
}
