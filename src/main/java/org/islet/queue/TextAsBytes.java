package org.islet.queue;

import io.netty.buffer.ByteBuf;
import jakarta.jms.JMSException;
import java.util.Set;
import org.apache.qpid.jms.message.JmsBytesMessage;
import org.apache.qpid.jms.message.JmsInboundMessageDispatch;
import org.apache.qpid.jms.message.JmsTextMessage;
import org.apache.qpid.jms.message.facade.JmsMessageFacade;
import org.apache.qpid.jms.provider.Provider;
import org.apache.qpid.jms.provider.ProviderWrapper;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.islet.job.FailureText;
import org.jboss.logging.Logger;

/**
 * Hands on, as bytes, what says that it is text and is none, such as JSON in Latin-1. The client's
 * own consumers fail on it before anybody sees it, again and again.
 */
final class TextAsBytes extends ProviderWrapper<Provider> {

  private static final Logger LOG = Logger.getLogger(TextAsBytes.class);

  TextAsBytes(Provider broker) {
    super(broker);
  }

  @Override
  public void onInboundMessage(JmsInboundMessageDispatch arrived) {
    if (arrived.getMessage() instanceof JmsTextMessage text && !isText(text)) {
      try {
        arrived.setMessage(asBytes(text));
      } catch (JMSException | RuntimeException e) {
        LOG.warnf("a message can be read neither as text nor as bytes: %s", FailureText.of(e));
      }
    }
    super.onInboundMessage(arrived);
  }

  private static boolean isText(JmsTextMessage message) {
    try {
      message.getText();
      return true;
    } catch (JMSException | RuntimeException e) {
      return false;
    }
  }

  private JmsBytesMessage asBytes(JmsTextMessage text) throws JMSException {
    JmsBytesMessage bytes = getMessageFactory().createBytesMessage();
    if (decoded(text).getBody() instanceof Data data && data.getValue() != null) {
      Binary body = data.getValue();
      bytes.writeBytes(body.getArray(), body.getArrayOffset(), body.getLength());
    }
    copy(text.getFacade(), bytes.getFacade());
    bytes.onDispatch();
    return bytes;
  }

  private static Message decoded(JmsTextMessage text) {
    ByteBuf encoded = (ByteBuf) text.getFacade().encodeMessage();
    byte[] all = new byte[encoded.readableBytes()];
    encoded.readBytes(all);
    Message message = Message.Factory.create();
    message.decode(all, 0, all.length);
    return message;
  }

  private static void copy(JmsMessageFacade from, JmsMessageFacade to) throws JMSException {
    to.setMessageId(from.getMessageId());
    to.setCorrelationId(from.getCorrelationId());
    to.setReplyTo(from.getReplyTo());
    to.setDestination(from.getDestination());
    to.setPersistent(from.isPersistent());
    to.setPriority(from.getPriority());
    to.setTimestamp(from.getTimestamp());
    to.setRedeliveryCount(from.getRedeliveryCount());
    for (String name : Set.copyOf(from.getPropertyNames())) {
      to.setProperty(name, from.getProperty(name));
    }
  }
}
