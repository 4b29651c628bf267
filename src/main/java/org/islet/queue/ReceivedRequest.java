package org.islet.queue;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.islet.request.RequestRefusedException;
import org.islet.request.SegmentationRequest;

/**
 * A request, and what its message says beside it.
 *
 * @param correlationId what replies carry: the message's own, or else the request's id
 * @param reply where the reply goes, as {@link MessageSender} takes it
 * @param body of the message
 * @param properties of the message that are text
 */
public record ReceivedRequest(
    SegmentationRequest request,
    String correlationId,
    Optional<String> reply,
    String body,
    Map<String, String> properties) {

  /** What Islet may send to; brokers have special meanings for names with other characters. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";

  /** What stands before a queue's name in addresses of RabbitMQ. */
  private static final String QUEUE_OF_RABBITMQ = "^/(amq/)?queues?/";

  private static final int LONGEST_CORRELATION = 1000;

  /**
   * How Qpid writes ids that are of another kind than text, and those that are text all the same.
   */
  private static final String TYPED = "ID:AMQP_";

  private static final String TEXT = "ID:AMQP_STRING:";

  static ReceivedRequest of(Message message) throws JMSException, RequestRefusedException {
    String body = QueueMessage.text(message);
    Map<String, Object> properties = QueueMessage.properties(message);
    SegmentationRequest request = SegmentationRequest.parse(body, properties);
    if (request.reply().isEmpty()) {
      requireUsableReplyTo(message, request);
    }
    return new ReceivedRequest(
        request,
        correlation(message).orElse(asCorrelation(request.id())),
        request.reply().or(() -> replyTo(message)),
        body,
        texts(properties));
  }

  private static Map<String, String> texts(Map<String, Object> properties) {
    Map<String, String> texts = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  /** A correlation id that is this text; Qpid takes one that begins so for another kind of id. */
  static String asCorrelation(String text) {
    return text.startsWith(TYPED) ? TEXT + text : text;
  }

  /** The message's own correlation id, if it has one of a sane length that can be read. */
  static Optional<String> correlation(Message message) {
    try {
      return Optional.ofNullable(message.getJMSCorrelationID())
          .filter(id -> !id.isEmpty() && id.length() <= LONGEST_CORRELATION);
    } catch (JMSException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static void requireUsableReplyTo(Message message, SegmentationRequest request)
      throws JMSException, RequestRefusedException {
    if (message.getJMSReplyTo() != null && replyTo(message).isEmpty()) {
      throw new RequestRefusedException(
          RequestRefusedException.BAD_REQUEST,
          "The message's reply address is none that Islet sends to: the name of a queue or topic is"
              + " expected, of at most 200 letters, digits, dots, underscores and hyphens. Mend it,"
              + " or give another by 'reply'.",
          request.id(),
          null,
          request.cloudEvent());
    }
  }

  /** The reply address of a message, if it has one that Islet sends to. */
  static Optional<String> replyTo(Message message) {
    try {
      Destination to = message.getJMSReplyTo();
      if (to instanceof Queue queue) {
        return usable("queue:", queue.getQueueName().replaceFirst(QUEUE_OF_RABBITMQ, ""));
      }
      if (to instanceof Topic topic) {
        return usable("topic:", topic.getTopicName());
      }
      return Optional.empty();
    } catch (JMSException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> usable(String kind, String name) {
    return name.matches(NAME) ? Optional.of(kind + name) : Optional.empty();
  }
}
