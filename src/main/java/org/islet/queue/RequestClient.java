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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The asking side of the queue, for very many requests: they are sent without waiting for each
 * confirmation, over several connections and so in no order, and what is said of them is heard by
 * listeners. Each listener is called by one thread at a time. All is lost with a connection, unless
 * the address is one of {@code failover:}.
 */
public final class RequestClient implements AutoCloseable {

  /** So many may be on their way to the broker at one time. */
  private static final int WINDOW = 1000;

  private static final int LANES = 4;

  private final ConnectionFactory factory;
  private final Consumer<String> trouble;
  private final Semaphore window = new Semaphore(WINDOW);
  private final List<Lane> lanes = new ArrayList<>();
  private final List<JMSContext> listening = new ArrayList<>();
  private int next;

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
      for (int i = 0; i < LANES; i++) {
        lanes.add(new Lane(requests));
      }
    } catch (JMSException e) {
      close();
      throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
    }
  }

  private void lost(JMSException e) {
    trouble.accept(BrokerTrouble.of(e));
  }

  /** A connection and the thread that sends over it, as the client waits for each hand-over. */
  private final class Lane {

    private final Connection connection = factory.createConnection();
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(work -> new Thread(work, "islet-asking"));
    private final Session session;
    private final MessageProducer producer;

    Lane(String requests) throws JMSException {
      try {
        connection.setExceptionListener(RequestClient.this::lost);
        session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        producer = session.createProducer(session.createQueue(requests));
      } catch (JMSException | RuntimeException e) {
        close();
        throw e;
      }
    }

    void send(String request, CompletionListener completion) {
      thread.execute(
          () -> {
            try {
              producer.send(session.createTextMessage(request), completion);
            } catch (JMSException | RuntimeException e) {
              completion.onException(null, e);
            }
          });
    }

    void close() {
      thread.shutdownNow();
      closeQuietly(connection);
    }
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

  /** Sends a request; waits only where very many are not confirmed yet. One thread may do so. */
  public void send(String request, Confirmation confirmation) throws InterruptedException {
    window.acquire();
    next = (next + 1) % LANES;
    lanes.get(next).send(request, new Completion(confirmation));
  }

  /** Tells once, also where the client tells twice of a message, as when its connection is lost. */
  private final class Completion implements CompletionListener {

    private final Confirmation confirmation;
    private final AtomicBoolean told = new AtomicBoolean();

    Completion(Confirmation confirmation) {
      this.confirmation = confirmation;
    }

    @Override
    public void onCompletion(Message message) {
      if (told.compareAndSet(false, true)) {
        window.release();
        confirmation.confirmed();
      }
    }

    @Override
    public void onException(Message message, Exception e) {
      if (told.compareAndSet(false, true)) {
        window.release();
        confirmation.failed(BrokerTrouble.of(e));
      }
    }
  }

  /** Hears nothing any more, and waits for no confirmation. */
  @Override
  public void close() {
    listening.forEach(RequestClient::closeQuietly);
    lanes.forEach(Lane::close);
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
