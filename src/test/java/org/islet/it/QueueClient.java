package org.islet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Another system that sends requests by AMQP 1.0 and reads the replies. */
final class QueueClient {

  static final String REPLIES = "my.replies";
  private static final String REQUESTS = "islet.requests";
  private static final String DEAD = "islet.requests.dead";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JmsConnectionFactory factory;

  QueueClient(int port) {
    this("amqp://127.0.0.1:%d".formatted(port));
  }

  /**
   * @param url of the broker, with options
   */
  QueueClient(String url) {
    factory =
        new JmsConnectionFactory(
            url
                + (url.contains("?") ? "&" : "?")
                + "jms.connectTimeout=2000&jms.requestTimeout=3000&jms.sendTimeout=3000&jms.closeTimeout=500");
    factory.setForceSyncSend(true);
    factory.setReceiveLocalOnly(true); // RabbitMQ 3.10 breaks when it is asked whether it has more
  }

  /** A message that was laid aside: the request's id, if it has one, and the cause. */
  record DeadLetter(String request, String code) {}

  private interface Reader<T> {
    T read(Message message) throws Exception;
  }

  /**
   * Sends a request; false if the broker did not confirm it, though it may have it all the same.
   */
  boolean ask(String id, Path ct) {
    return send(
        JSON.createObjectNode()
            .put("version", 1)
            .put("id", id)
            .put("input", ct.toString())
            .put("reply", REPLIES)
            .toString());
  }

  /** Sends any text as a request; false as above. */
  boolean send(String request) {
    try (JMSContext context = factory.createContext()) {
      context.createProducer().send(context.createQueue(REQUESTS), request);
      return true;
    } catch (JMSRuntimeException e) {
      return false;
    }
  }

  /** The replies that are there, which then are no more. */
  List<JsonNode> replies() throws Exception {
    return take(REPLIES, message -> JSON.readTree(message.getBody(String.class)));
  }

  /** The dead letters that are there, which then are no more. */
  List<DeadLetter> deadLetters() throws Exception {
    return take(
        DEAD,
        message ->
            new DeadLetter(
                message.getStringProperty("islet_request"),
                message.getStringProperty("islet_code")));
  }

  private <T> List<T> take(String queue, Reader<T> reader) throws Exception {
    List<T> taken = new ArrayList<>();
    try (JMSContext context = factory.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
      // Closed with its context, as RabbitMQ 3.10 wants it.
      JMSConsumer consumer = context.createConsumer(context.createQueue(queue));
      for (Message m = consumer.receive(2000); m != null; m = consumer.receive(300)) {
        taken.add(reader.read(m));
        m.acknowledge();
      }
    }
    return taken;
  }
}
