package org.islet.queue;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.islet.format.Sha256;
import org.islet.request.RequestRefusedException;

/** What is read of a message that somebody sent; nothing in it is trusted. */
final class QueueMessage {

  /** The most bytes that a body may have. */
  static final int LARGEST_BODY = 1 << 20;

  private static final List<Class<? extends Number>> JMS_NUMBERS =
      List.of(Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class);

  private QueueMessage() {}

  /**
   * The text of a message, which may be sent as such or as bytes in UTF-8.
   *
   * @throws RequestRefusedException if it is of another kind, or too long
   */
  static String text(Message message) throws JMSException, RequestRefusedException {
    if (message instanceof TextMessage text) {
      String body = textOf(text);
      requireAtMost(body == null ? 0 : body.length());
      return body == null ? "" : body;
    }
    if (message instanceof BytesMessage bytes) {
      requireAtMost(bytes.getBodyLength());
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(bytes))).toString();
      } catch (CharacterCodingException e) {
        throw refused("The message is bytes that are no UTF-8; JSON in UTF-8 is expected.");
      }
    }
    throw refused("The message is neither text nor bytes; JSON in one of them is expected.");
  }

  private static String textOf(TextMessage message) throws RequestRefusedException {
    try {
      return message.getText();
    } catch (JMSException e) {
      throw refused("The message says that it is text, but is none; JSON in UTF-8 is expected.");
    }
  }

  /** The bytes of a message from their beginning. */
  static byte[] bytes(BytesMessage message) throws JMSException {
    byte[] bytes = new byte[Math.toIntExact(message.getBodyLength())];
    message.reset();
    message.readBytes(bytes);
    return bytes;
  }

  /** Tells a message from others; it stays the same however often the message is delivered. */
  static UUID print(Message message) throws JMSException {
    Sha256 print = new Sha256().add(String.valueOf(message.getJMSMessageID()));
    properties(message)
        .forEach(
            (name, value) -> {
              if (!name.startsWith("JMS")) { // such as how often it was delivered
                print.add(name).add(String.valueOf(value));
              }
            });
    try {
      print.add(text(message));
    } catch (RequestRefusedException e) {
      // It is as good as empty.
    }
    return UUID.nameUUIDFromBytes(print.toHex().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The properties that a message's sender has set, as JMS can hold them: numbers of kinds that
   * AMQP alone has, such as unsigned ones, as their text; what is neither text, number nor truth
   * value is left out.
   */
  static Map<String, Object> properties(Message message) throws JMSException {
    Map<String, Object> properties = new TreeMap<>();
    for (Iterator<?> names = message.getPropertyNames().asIterator(); names.hasNext(); ) {
      String name = (String) names.next();
      portable(property(message, name)).ifPresent(value -> properties.put(name, value));
    }
    return properties;
  }

  private static Object property(Message message, String name) {
    try {
      return message.getObjectProperty(name);
    } catch (JMSException | RuntimeException e) { // of a kind that the client cannot read
      return null;
    }
  }

  private static Optional<Object> portable(Object value) {
    if (value instanceof Boolean || JMS_NUMBERS.stream().anyMatch(kind -> kind.isInstance(value))) {
      return Optional.of(value);
    }
    return value instanceof CharSequence || value instanceof Number || value instanceof Character
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  /** A property that is text. */
  static Optional<String> textProperty(Message message, String name) throws JMSException {
    return message.propertyExists(name) && property(message, name) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  private static void requireAtMost(long length) throws RequestRefusedException {
    if (length > LARGEST_BODY) {
      throw new RequestRefusedException(
          "too-large",
          "The message is longer than %d bytes, which is the most that is taken."
              .formatted(LARGEST_BODY));
    }
  }

  private static RequestRefusedException refused(String sentence) {
    return new RequestRefusedException(RequestRefusedException.BAD_REQUEST, sentence);
  }
}
