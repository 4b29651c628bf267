package org.islet.queue;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.islet.job.FailureText;
import org.islet.store.Failure;
import org.jboss.logging.Logger;

/**
 * The queue of messages that were not taken, each with its cause. A message is in both queues for a
 * moment, so that it is never in none.
 */
public final class DeadLetters {

  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  /** The stable name of the cause. */
  public static final String CODE = "islet_code";

  /** The cause, as a sentence. */
  public static final String REASON = "islet_reason";

  /** The request's id, if it could be read. */
  public static final String REQUEST = "islet_request";

  /** When the message was laid aside. */
  public static final String TIME = "islet_time";

  /** The queue that it came from. */
  public static final String QUEUE = "islet_queue";

  private static final String OWN = "islet_";

  /** Of Artemis, which drops a second message with the same {@code _AMQ_DUPL_ID}. */
  private static final String BROKERS_OWN = "_AMQ_";

  /** Which bulk re-drive sent a message. */
  static final String REDRIVE = "islet_redrive";

  private static final String CLOUD_EVENT = "cloudEvents:";
  private static final int MOST_PROPERTIES = 100;

  /** The most characters that all of a copy's properties have, their names with them. */
  private static final int LONGEST_PROPERTIES = 16 << 10;

  private static final long WAIT_MS = 1000;

  private final ConnectionFactory consuming;
  private final MessageSender sender;
  private final String requests;
  private final String deadLetters;
  private final Clock clock;

  /**
   * @param requests the queue that messages come from
   * @param deadLetters the queue for those that are not taken
   */
  public DeadLetters(
      BrokerConnections connections, String requests, String deadLetters, Clock clock) {
    this.consuming = connections.consuming();
    this.sender = MessageSender.confirmed(connections);
    this.requests = requests;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /**
   * Lays a copy of a message aside. When this returns, the broker has it, and the message itself
   * may be acknowledged. The body of a message that is neither text nor bytes is left out.
   *
   * @param requestId null if it could not be read
   * @throws JMSRuntimeException if the broker does not confirm the copy
   */
  public void add(Message message, Failure why, String requestId) {
    sender.send(
        deadLetters,
        context -> {
          Message copy = copy(message, context);
          putCause(copy, why, requestId);
          Optional<String> mark = QueueMessage.textProperty(message, REDRIVE);
          if (mark.isPresent()) {
            copy.setStringProperty(REDRIVE, mark.get());
          }
          return copy;
        });
  }

  /**
   * Lays a request aside whose message was acknowledged long ago.
   *
   * @throws JMSRuntimeException if the broker does not confirm it
   */
  void add(RequestDetails details, Failure why, String requestId) {
    sender.send(
        deadLetters,
        context -> {
          Message copy = context.createTextMessage(details.body());
          asFarAsItGoes(() -> copy.setJMSCorrelationID(details.correlationId()));
          if (details.replyTo().isPresent()) {
            copy.setJMSReplyTo(MessageSender.destination(context, details.reply()));
          }
          putProperties(copy, new TreeMap<>(details.properties()));
          putCause(copy, why, requestId);
          if (details.properties().containsKey(REDRIVE)) {
            copy.setStringProperty(REDRIVE, details.properties().get(REDRIVE));
          }
          return copy;
        });
  }

  private void putCause(Message copy, Failure why, String requestId) throws JMSException {
    copy.setStringProperty(CODE, why.code());
    copy.setStringProperty(REASON, why.sentence());
    copy.setStringProperty(TIME, clock.instant().toString());
    copy.setStringProperty(QUEUE, requests);
    if (requestId != null) {
      copy.setStringProperty(REQUEST, requestId);
    }
  }

  /**
   * Sends the dead letters to the queue of requests again: each is copied, the copy confirmed, and
   * then the dead letter deleted. One that dies again while this goes on is not sent a second time.
   *
   * @param most how many to send at the most
   * @return how many were sent
   * @throws JMSRuntimeException if the broker fails; what was sent until then stays sent
   */
  public int redrive(int most) {
    String mark = UUID.randomUUID().toString();
    int sent = 0;
    try (JMSContext context = consuming.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
      // Closed with its context: to close it before, with a message left, breaks RabbitMQ 3.10.
      JMSConsumer consumer = context.createConsumer(context.createQueue(deadLetters));
      while (sent < most) {
        Message dead = consumer.receive(WAIT_MS);
        if (dead == null
            || QueueMessage.textProperty(dead, REDRIVE).filter(mark::equals).isPresent()) {
          break;
        }
        sender.send(
            requests,
            making -> {
              Message copy = copy(dead, making);
              copy.setStringProperty(REDRIVE, mark);
              return copy;
            });
        dead.acknowledge();
        sent++;
      }
      return sent;
    } catch (JMSException e) {
      throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
    }
  }

  /** A message as its sender made it, without what was added here. */
  private static Message copy(Message message, JMSContext context) throws JMSException {
    Message copy = body(message, context);
    asFarAsItGoes(() -> copy.setJMSCorrelationID(message.getJMSCorrelationID()));
    asFarAsItGoes(() -> copy.setJMSReplyTo(message.getJMSReplyTo()));
    putProperties(copy, QueueMessage.properties(message));
    return copy;
  }

  private static void putProperties(Message copy, Map<String, Object> all) {
    int room = LONGEST_PROPERTIES;
    int properties = 0;
    for (Map.Entry<String, Object> property : all.entrySet()) {
      String name = property.getKey().replaceFirst("^" + CLOUD_EVENT, "cloudEvents_");
      int length = name.length() + property.getValue().toString().length();
      if (name.matches("[A-Za-z_]\\w*")
          && !name.startsWith("JMS")
          && !name.startsWith(OWN)
          && !name.startsWith(BROKERS_OWN)
          && length <= room
          && properties++ < MOST_PROPERTIES) {
        room -= length;
        asFarAsItGoes(() -> copy.setObjectProperty(name, property.getValue()));
      }
    }
  }

  /** A part of a message that is copied. */
  private interface Part {
    void copy() throws JMSException;
  }

  /**
   * What the sender wrote in a way that cannot be copied must not keep the message from its end.
   */
  private static void asFarAsItGoes(Part part) {
    try {
      part.copy();
    } catch (JMSException | RuntimeException e) {
      LOG.debugf("a part of a dead letter is left out: %s", FailureText.ofCause(e));
    }
  }

  /** A message with another's body; with none if that cannot be read. */
  private static Message body(Message message, JMSContext context) throws JMSException {
    try {
      return copied(message, context);
    } catch (JMSException | RuntimeException e) {
      return context.createMessage();
    }
  }

  private static Message copied(Message message, JMSContext context) throws JMSException {
    if (message instanceof TextMessage text) {
      return context.createTextMessage(text.getText());
    }
    if (message instanceof BytesMessage bytes) {
      BytesMessage copy = context.createBytesMessage();
      copy.writeBytes(QueueMessage.bytes(bytes));
      return copy;
    }
    return context.createMessage();
  }
}
