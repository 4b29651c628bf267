package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableMessagesTest {

  private static final String QUEUE = "islet.requests";

  private final Message message = Message.Factory.create();

  private static AMQPStandardMessage sent(byte[] bytes, int length, String address) {
    AMQPStandardMessage sent = new AMQPStandardMessage(0, Arrays.copyOf(bytes, length), null);
    sent.setAddress(address);
    return sent;
  }

  private AMQPStandardMessage let(String address) throws ActiveMQException {
    byte[] bytes = new byte[1 << 20];
    return let(sent(bytes, message.encode(bytes, 0, bytes.length), address));
  }

  private static AMQPStandardMessage let(AMQPStandardMessage sent) throws ActiveMQException {
    new ReadableMessages(Set.of(QUEUE)).beforeSend(null, null, sent, false, false);
    return sent;
  }

  private void assertRefused(String why) {
    String sentence = assertThrows(ActiveMQException.class, () -> let(QUEUE)).getMessage();
    assertTrue(sentence.contains(why), sentence);
  }

  @Test
  void every_message_is_kept_on_disk() throws Exception {
    message.setBody(new AmqpValue("request"));
    message.setDurable(false);
    assertTrue(let(QUEUE).getProtonMessage().isDurable());
    assertTrue(!let("another.queue").getProtonMessage().isDurable());
  }

  @ParameterizedTest
  @ValueSource(strings = {QUEUE, QUEUE + "::" + QUEUE})
  void hints_are_taken_away_by_whichever_name_the_queue_is_called(String address) throws Exception {
    message.setBody(new AmqpValue("request"));
    message.setMessageAnnotations(
        new MessageAnnotations(new HashMap<>(Map.of(Symbol.valueOf("x-opt-jms-msg-type"), 77))));
    assertEquals(Map.of(), let(address).getProtonMessage().getMessageAnnotations().getValue());
  }

  @Test
  void ids_of_kinds_that_amqp_does_not_know_are_refused() throws Exception {
    for (Object id :
        List.of("a", UnsignedLong.valueOf(1), UUID.randomUUID(), new Binary(new byte[1]))) {
      message.setMessageId(id);
      message.setCorrelationId(id);
      assertEquals(id, let(QUEUE).getProtonMessage().getCorrelationId());
    }
    message.setCorrelationId(5);
    assertRefused("correlation-id");
    message.setCorrelationId(null);
    message.setMessageId(Map.of());
    assertRefused("message-id");
  }

  @Test
  void lists_and_maps_go_only_so_deep() throws Exception {
    message.setBody(new AmqpValue(nested(20)));
    assertEquals(nested(20), ((AmqpValue) let(QUEUE).getProtonMessage().getBody()).getValue());
    message.setBody(new AmqpValue(nested(100)));
    assertRefused("nested");
    message.setBody(new AmqpValue("request"));
    message.setApplicationProperties(new ApplicationProperties(Map.of("a", nested(3))));
    assertRefused("nested");
  }

  private static Object nested(int levels) {
    Object inner = List.of();
    for (int i = 0; i < levels; i++) {
      inner = i % 2 == 0 ? List.of(inner) : Map.of("in", inner);
    }
    return inner;
  }

  @Test
  void lists_in_each_other_without_end_are_refused() {
    byte[] bytes = {0x00, 0x53, 0x77, 0x45};
    for (int i = 0; i < 20_000; i++) {
      int inner = bytes.length - 3;
      byte[] outer = new byte[bytes.length + 9];
      System.arraycopy(bytes, 0, outer, 0, 3);
      ByteBuffer.wrap(outer, 3, 9).put((byte) 0xd0).putInt(inner + 4).putInt(1);
      System.arraycopy(bytes, 3, outer, 12, inner);
      bytes = outer;
    }
    byte[] deep = bytes;
    assertThrows(ActiveMQException.class, () -> let(sent(deep, deep.length, QUEUE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "005377a103fffe20", // a string that is no UTF-8
        "005377a1ff41", // one that is longer than the message
        "005374c10304545540", // a property whose name is a number
        "005374c00201a10161", // properties that are a list
      })
  void what_is_no_amqp_is_refused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThrows(ActiveMQException.class, () -> let(sent(bytes, bytes.length, QUEUE)));
  }

  @Test
  void a_queue_is_no_topic() {
    message.setBody(new AmqpValue("request"));
    message.setMessageAnnotations(
        new MessageAnnotations(new HashMap<>(Map.of(Symbol.valueOf("x-opt-jms-dest"), (byte) 1))));
    assertRefused("topic");
  }
}
