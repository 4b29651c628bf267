package org.islet.queue;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The asking side of the queue, for very many requests: they are sent without waiting for each
 * confirmation, and what is said of them is heard by listeners. One thread sends; each listener is
 * called by one thread at a time. All is lost with the broker's connection, unless the address is
 * one of {@code failover:}.
 */
public final class RequestClient implements AutoCloseable {

  /** So many may be on their way to the broker at one time. */
  private static final int WINDOW = 1000;

  private final ConnectionFactory factory;
  private final Consumer<String> trouble;
  private final Connection sending;
  private final Session session;
  private final MessageProducer producer;
  private final Semaphore window = new Semaphore(WINDOW);
  private final List<JMSContext> listening = new ArrayList<>();

  /** What is told of a request that was sent. */
  public interface Confirmation {
    /** The broker has it. */
    void confirmed();

    /** The broker did not confirm it, though it may have it all the same. */
    void failed(String reason);
  }

  /**
   * Connects.
   *
   * @param requests the queue of requests
   * @param trouble is told when a connection is lost for good
   * @throws JMSRuntimeException if the broker cannot be reached
   */
  RequestClient(BrokerConnections connections, String requests, Consumer<String> trouble) {
    this.factory = connections.consuming();
    this.trouble = trouble;
    try {
      sending = factory.createConnection();
      sending.setExceptionListener(this::lost);
      session = sending.createSession(Session.AUTO_ACKNOWLEDGE);
      producer = session.createProducer(session.createQueue(requests));
    } catch (JMSException e) {
      throw unchecked(e);
    }
  }

  private void lost(JMSException e) {
    trouble.accept(BrokerTrouble.of(e));
  }

  private static JMSRuntimeException unchecked(JMSException e) {
    return new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
  }

  /**
   * Hears what is sent to a queue or topic from now on, each message's text.
   *
   * @param from as in {@link MessageSender}
   * @throws JMSRuntimeException if the broker does not let it
   */
  public void hear(String from, Consumer<String> listener) {
    JMSContext context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
    listening.add(context);
    context.setExceptionListener(this::lost);
    Destination destination = MessageSender.destination(context, from);
    context.createConsumer(destination).setMessageListener(m -> listener.accept(text(m)));
  }

  private static String text(Message message) {
    try {
      return message.getBody(String.class);
    } catch (JMSException e) {
      return "";
    }
  }

  /**
   * Sends a request; waits only where very many are not confirmed yet.
   *
   * @throws JMSRuntimeException if it could not be sent
   */
  public void send(String request, Confirmation confirmation) throws InterruptedException {
    window.acquire();
    try {
      producer.send(
          session.createTextMessage(request),
          new CompletionListener() {
            @Override
            public void onCompletion(Message message) {
              window.release();
              confirmation.confirmed();
            }

            @Override
            public void onException(Message message, Exception e) {
              window.release();
              confirmation.failed(BrokerTrouble.of(e));
            }
          });
    } catch (JMSException e) {
      window.release();
      throw unchecked(e);
    }
  }

  /** Hears nothing any more, and waits for no confirmation. */
  @Override
  public void close() {
    listening.forEach(RequestClient::closeQuietly);
    closeQuietly(sending);
  }

  /** Whoever is through does not mind that the broker is gone already. */
  private static void closeQuietly(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception e) {
      // Nothing is lost with it.
    }
  }
}
