package org.islet.queue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends messages: such that the broker keeps, each confirmed before the call returns, or such that
 * may be lost with it, for which nobody waits.
 *
 * <p>A destination is written as the name of a queue, {@code queue:NAME} or {@code topic:NAME}.
 */
public final class MessageSender {

  private static final String QUEUE = "queue:";
  private static final String TOPIC = "topic:";

  private final ConnectionFactory factory;
  private final int deliveryMode;

  /** Makes a message. */
  @FunctionalInterface
  interface Maker {
    Message make(JMSContext context) throws JMSException;
  }

  private MessageSender(ConnectionFactory factory, int deliveryMode) {
    this.factory = factory;
    this.deliveryMode = deliveryMode;
  }

  /** Of messages that the broker keeps. */
  public static MessageSender confirmed(BrokerConnections connections) {
    return new MessageSender(connections.sending(), DeliveryMode.PERSISTENT);
  }

  /** Of messages that may be lost. */
  public static MessageSender unconfirmed(BrokerConnections connections) {
    return new MessageSender(connections.telling(), DeliveryMode.NON_PERSISTENT);
  }

  /**
   * Sends a reply or an event.
   *
   * @throws JMSRuntimeException if the broker does not confirm it, or cannot be reached; it may
   *     have arrived all the same
   */
  public void send(String destination, ReplyMessage reply) {
    send(
        destination,
        context -> {
          Message message = context.createTextMessage(reply.json());
          message.setJMSCorrelationID(reply.correlationId());
          for (Map.Entry<String, String> property : reply.properties().entrySet()) {
            message.setStringProperty(property.getKey(), property.getValue());
          }
          return message;
        });
  }

  /**
   * Why the broker cannot be reached now, or does not have some queues; nothing if all is there.
   * Some brokers accept messages to a queue that is not there, and drop them.
   */
  Optional<String> trouble(List<String> queues) {
    try (JMSContext context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
      if (context == null) {
        return Optional.of("The queue is closed.");
      }
      return queues.stream().flatMap(queue -> missing(context, queue).stream()).findFirst();
    } catch (RuntimeException e) {
      return Optional.of(BrokerTrouble.of(e));
    }
  }

  private static Optional<String> missing(JMSContext context, String queue) {
    try (JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
      return consumer == null ? Optional.of("The queue is closed.") : Optional.empty();
    } catch (JMSRuntimeException e) {
      return Optional.of(
          "The queue %s cannot be opened at the broker, where it must be: %s"
              .formatted(queue, BrokerTrouble.of(e)));
    }
  }

  void send(String destination, Maker maker) {
    try (JMSContext context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
      if (context == null) {
        throw new JMSRuntimeException("The queue is closed.");
      }
      context
          .createProducer()
          .setDeliveryMode(deliveryMode)
          .send(destination(context, destination), maker.make(context));
    } catch (JMSException e) {
      throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
    }
  }

  static Destination destination(JMSContext context, String name) {
    return name.startsWith(TOPIC)
        ? context.createTopic(plain(name))
        : context.createQueue(plain(name));
  }

  /** The name of a queue or topic without what may stand before it. */
  static String plain(String name) {
    return name.replaceFirst("^(%s|%s)".formatted(QUEUE, TOPIC), "");
  }
}
