package org.islet.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.islet.request.RequestRefusedException;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * What Camel sees of a message's body: its text, or nothing if it is none that is taken. Camel
 * looks at bodies by itself, so that is no failure yet.
 */
final class TextConverter implements MessageConverter {

  @Override
  public Object fromMessage(Message message) throws JMSException {
    try {
      return QueueMessage.text(message);
    } catch (RequestRefusedException e) {
      return null;
    }
  }

  @Override
  public Message toMessage(Object body, Session session) throws JMSException {
    if (body instanceof String text) {
      return session.createTextMessage(text);
    }
    throw new MessageConversionException("Only text can be sent to a queue.");
  }
}
