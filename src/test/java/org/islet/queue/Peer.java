package org.islet.queue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Somebody else at the broker: sends and takes messages by AMQP 1.0. */
final class Peer implements AutoCloseable {

  private static final long PATIENCE_MS = 5_000;

  private final JMSContext context;

  Peer(EmbeddedBroker broker) {
    this(new JmsConnectionFactory("amqp://127.0.0.1:" + broker.port()));
  }

  Peer(ConnectionFactory factory) {
    context = factory.createContext(JMSContext.CLIENT_ACKNOWLEDGE);
  }

  /** For what has no short way here. */
  JMSContext context() {
    return context;
  }

  void send(String queue, String body) {
    send(queue, body, Map.of());
  }

  void send(String queue, String body, Map<String, ?> properties) {
    JMSProducer producer = context.createProducer();
    properties.forEach(producer::setProperty);
    producer.send(context.createQueue(queue), body);
  }

  /** The next message, acknowledged, or null if none comes. */
  Message take(String queue) throws Exception {
    try (var consumer = context.createConsumer(context.createQueue(queue))) {
      Message message = consumer.receive(PATIENCE_MS);
      if (message != null) {
        message.acknowledge();
      }
      return message;
    }
  }

  /** The next message, which stays in its queue until somebody acknowledges it. */
  Message see(String queue, long patienceMs) {
    // A consumer is closed with its context, as RabbitMQ 3.10 can only do that with one in its
    // hands.
    return context.createConsumer(context.createQueue(queue)).receive(patienceMs);
  }

  /** The text of all messages, which are gone then. */
  List<String> takeAll(String queue) throws Exception {
    List<String> all = new ArrayList<>();
    try (var consumer = context.createConsumer(context.createQueue(queue))) {
      for (Message m = consumer.receive(1_000); m != null; m = consumer.receive(300)) {
        all.add(m.getBody(String.class));
        m.acknowledge();
      }
    }
    return all;
  }

  @Override
  public void close() {
    context.close();
  }
}
