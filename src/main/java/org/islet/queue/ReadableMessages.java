package org.islet.queue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIllegalStateException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessage;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.impl.MessageImpl;

/**
 * Lets nothing into the queues that Islet reads which a client for Java could not read, since such
 * a message would stop whoever tries: what is no AMQP is refused to its sender, and what a message
 * wrongly says of itself is taken away. What is let in is kept on disk, whatever its sender asks.
 *
 * @param queues their names
 */
record ReadableMessages(Set<String> queues) implements ActiveMQServerMessagePlugin {

  /** How deep lists and maps may lie in each other. */
  private static final int DEEPEST = 32;

  /** What AMQP lets identify a message (version 1.0, 3.2.11 to 3.2.14). */
  private static final List<Class<?>> IDS =
      List.of(String.class, UnsignedLong.class, UUID.class, Binary.class);

  /** What says how clients for Java shall read a message, which can be seen from it anyway. */
  private static final List<SimpleString> HINTS =
      List.of(SimpleString.of("x-opt-jms-msg-type"), SimpleString.of("x-opt-jms-dest"));

  private static final SimpleString REPLY_IS_TOPIC = SimpleString.of("x-opt-jms-reply-to");

  @Override
  public void beforeSend(
      ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreate)
      throws ActiveMQException {
    if (message instanceof AMQPMessage sent
        && queues.contains(CompositeAddress.extractAddressName(message.getAddress()))) {
      requireQueue(sent);
      MessageImpl read = read(sent);
      requireIds(read.getProperties());
      requireShallow(content(read.getBody()), DEEPEST);
      boolean changed = dropHints(sent);
      changed |= makeDurable(sent);
      if (changed) {
        sent.reencode();
      }
    }
  }

  private static void requireQueue(AMQPMessage message) throws ActiveMQException {
    if (message.getRoutingType() == RoutingType.MULTICAST) {
      throw refused("it is sent to a topic, but the name is that of a queue");
    }
  }

  private static MessageImpl read(AMQPMessage message) throws ActiveMQException {
    try {
      MessageImpl read = message.getProtonMessage();
      if (read.getApplicationProperties() != null) {
        for (Map.Entry<?, ?> each : read.getApplicationProperties().getValue().entrySet()) {
          if (!(each.getKey() instanceof String)) {
            throw refused("a property's name is no string");
          }
          requireShallow(each.getValue(), 1);
        }
      }
      return read;
    } catch (RuntimeException | StackOverflowError e) {
      throw refused("it is no AMQP 1.0, or nested too deeply");
    }
  }

  private static void requireIds(Properties properties) throws ActiveMQException {
    if (properties != null) {
      requireId(properties.getMessageId());
      requireId(properties.getCorrelationId());
    }
  }

  private static void requireId(Object id) throws ActiveMQException {
    if (id != null && IDS.stream().noneMatch(kind -> kind.isInstance(id))) {
      throw refused("its message-id or correlation-id is none of the kinds that AMQP allows");
    }
  }

  private static Object content(Section body) {
    if (body instanceof AmqpValue value) {
      return value.getValue();
    }
    return body instanceof AmqpSequence sequence ? sequence.getValue() : null;
  }

  private static void requireShallow(Object value, int levels) throws ActiveMQException {
    if (value instanceof Map<?, ?> map) {
      requireShallow(map.keySet(), levels);
      requireShallow(map.values(), levels);
    } else if (value instanceof Collection<?> list) {
      if (levels == 0) {
        throw refused("lists or maps in it are nested too deeply");
      }
      for (Object each : list) {
        requireShallow(each, levels - 1);
      }
    } else if (value instanceof Object[] array) {
      requireShallow(List.of(array), levels);
    }
  }

  private static boolean dropHints(AMQPMessage message) {
    boolean changed = false;
    for (SimpleString hint : HINTS) {
      changed |= message.removeAnnotation(hint) != null;
    }
    if (!(message.getAnnotation(REPLY_IS_TOPIC) instanceof Byte)) {
      changed |= message.removeAnnotation(REPLY_IS_TOPIC) != null;
    }
    return changed;
  }

  private static boolean makeDurable(AMQPMessage message) {
    boolean changed = !message.isDurable();
    message.setDurable(true);
    return changed;
  }

  private static ActiveMQException refused(String why) {
    return new ActiveMQIllegalStateException("The message is refused: " + why + ".");
  }
}
