package org.islet.queue;

import jakarta.jms.ConnectionFactory;
import java.net.URI;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultDeserializationPolicy;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.apache.qpid.jms.provider.Provider;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * The ways to a broker: AMQP 1.0 by Qpid JMS, or Artemis' own protocol. Whatever a message holds,
 * no Java object is ever made from it.
 */
public final class BrokerConnections implements AutoCloseable {

  /**
   * One, as each message is a case that another consumer could begin with. With more, some of which
   * are on their way while it is asked for others, the client comes to ask RabbitMQ 3 for less than
   * none, which that takes for four billion: all that waits is then sent to one consumer.
   */
  private static final int PREFETCH = 1;

  private static final int WINDOW_BYTES = 64 << 10;
  private static final long TIMEOUT_MS = 30_000;
  private static final String EVERYTHING = "*";

  private final ConnectionFactory consuming;
  private final JmsPoolConnectionFactory sending;
  private final JmsPoolConnectionFactory telling;

  /**
   * Connects to nothing yet.
   *
   * @param url {@code amqp://}, {@code amqps://} or {@code failover:(…)} of them for AMQP 1.0;
   *     {@code tcp://} for Artemis' own protocol; with options of the client
   * @param user empty to connect as nobody
   * @throws BrokerException if the address is none of these
   */
  public BrokerConnections(String url, String user, String password) {
    consuming = factory(url, user, password, PREFETCH);
    // What a sender opens, to see that it is there, takes no message.
    ConnectionFactory confirmed = factory(url, user, password, 0);
    if (confirmed instanceof JmsConnectionFactory amqp) {
      amqp.setForceSyncSend(true);
    }
    sending = pool(confirmed);
    telling = pool(factory(url, user, password, 0));
  }

  private static JmsPoolConnectionFactory pool(ConnectionFactory factory) {
    JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
    pool.setConnectionFactory(factory);
    pool.setMaxConnections(1);
    pool.setUseAnonymousProducers(false);
    pool.start();
    return pool;
  }

  /** For consumers, which keep what they make. */
  public ConnectionFactory consuming() {
    return consuming;
  }

  /** For senders, which make and close a connection for each message; here that costs nothing. */
  public ConnectionFactory sending() {
    return sending;
  }

  /** As {@link #sending}, for messages that are not durable: nobody waits for the broker's word. */
  ConnectionFactory telling() {
    return telling;
  }

  private static ConnectionFactory factory(String url, String user, String password, int prefetch) {
    try {
      if (url.matches("amqps?://[^@]+|failover:\\(amqps?://[^@]+")) {
        return amqp(url, user, password, prefetch);
      }
      if (url.matches("\\(?tcp://[^@]+")) {
        return core(url, user, password, prefetch);
      }
    } catch (RuntimeException e) {
      throw new BrokerException(
          "islet.queue.url is an address that the client does not take: " + e.getMessage(), e);
    }
    throw new BrokerException(
        "islet.queue.url must begin with amqp://, amqps:// or failover:(amqp:// for AMQP 1.0, or"
            + " with tcp:// for Artemis, and hold neither user nor password: those are"
            + " islet.queue.user and islet.queue.password.");
  }

  private static ConnectionFactory amqp(String url, String user, String password, int messages) {
    JmsConnectionFactory factory =
        new JmsConnectionFactory() {
          @Override
          protected Provider createProvider(URI broker) throws Exception {
            return new TextAsBytes(super.createProvider(broker));
          }
        };
    JmsDefaultPrefetchPolicy prefetch = new JmsDefaultPrefetchPolicy();
    prefetch.setAll(messages);
    factory.setPrefetchPolicy(prefetch);
    factory.setConnectTimeout(TIMEOUT_MS);
    factory.setRequestTimeout(TIMEOUT_MS);
    factory.setSendTimeout(TIMEOUT_MS);
    factory.setCloseTimeout(TIMEOUT_MS / 10);
    // RabbitMQ 3.10 answers by an error when it is asked whether there is more.
    factory.setReceiveLocalOnly(true);
    factory.setReceiveNoWaitLocalOnly(true);
    // CloudEvents have names with colons, which are hidden otherwise.
    factory.setValidatePropertyNames(false);
    factory.setRemoteURI(url);
    JmsDefaultDeserializationPolicy objects = new JmsDefaultDeserializationPolicy();
    objects.setDenyList(EVERYTHING);
    factory.setDeserializationPolicy(objects);
    if (!user.isEmpty()) {
      factory.setUsername(user);
      factory.setPassword(password);
    }
    return factory;
  }

  private static ConnectionFactory core(String url, String user, String password, int messages) {
    ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
    factory.setConsumerWindowSize(messages == 0 ? 0 : WINDOW_BYTES);
    factory.setBlockOnDurableSend(true);
    factory.setDeserializationDenyList(EVERYTHING);
    if (!user.isEmpty()) {
      factory.setUser(user);
      factory.setPassword(password);
    }
    return factory;
  }

  /** Closes what was made for senders. */
  @Override
  public void close() {
    sending.stop();
    telling.stop();
  }
}
