package org.islet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Another system that sends requests by AMQP 1.0 and reads the replies. */
final class QueueClient {

  static final String REPLIES = "client.replies";
  private static final String REQUESTS = "islet.requests";
  private static final String DEAD = "islet.requests.dead";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JmsConnectionFactory factory;

  QueueClient(int port) {
    factory =
        new JmsConnectionFactory(
            "amqp://127.0.0.1:%d?jms.connectTimeout=2000&jms.requestTimeout=3000&jms.sendTimeout=3000&jms.closeTimeout=500"
                .formatted(port));
    factory.setForceSyncSend(true);
  }

  /**
   * Sends a request; false if the broker did not confirm it, though it may have it all the same.
   */
  boolean ask(String id, Path ct) {
    String request =
        JSON.createObjectNode()
            .put("version", 1)
            .put("id", id)
            .put("input", ct.toString())
            .put("reply", REPLIES)
            .toString();
    try (JMSContext context = factory.createContext()) {
      context.createProducer().send(context.createQueue(REQUESTS), request);
      return true;
    } catch (JMSRuntimeException e) {
      return false;
    }
  }

  /** The replies that are there, which then are no more. */
  List<JsonNode> replies() throws Exception {
    return take(REPLIES);
  }

  /** The dead letters that are there, which then are no more. */
  List<JsonNode> deadLetters() throws Exception {
    return take(DEAD);
  }

  private List<JsonNode> take(String queue) throws Exception {
    List<JsonNode> taken = new ArrayList<>();
    try (JMSContext context = factory.createContext(JMSContext.CLIENT_ACKNOWLEDGE);
        var consumer = context.createConsumer(context.createQueue(queue))) {
      for (Message m = consumer.receive(2000); m != null; m = consumer.receive(300)) {
        taken.add(JSON.readTree(body(m)));
        m.acknowledge();
      }
    }
    return taken;
  }

  private static String body(Message message) throws JMSException {
    return message.getBody(String.class);
  }
}
