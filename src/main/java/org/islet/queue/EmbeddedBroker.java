package org.islet.queue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQIllegalStateException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.impl.AckReason;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.protocol.amqp.broker.ProtonProtocolManagerFactory;
import org.islet.disk.ProcessLock;
import org.islet.job.CrashPoint;
import org.islet.job.FailureText;
import org.jboss.logging.Logger;

/**
 * An Artemis broker inside the process that speaks AMQP 1.0 and nothing else. What it has
 * acknowledged is on disk, and is there again after whatever end the process came to. Messages that
 * are too many for a small part of the heap go to disk, up to a bound beyond which senders are
 * refused; none is ever dropped, and none thrown away for having been delivered too often.
 */
public final class EmbeddedBroker implements AutoCloseable {

  /** The largest message that is taken, with its headers: a request's body and room around it. */
  static final long LARGEST_MESSAGE = QueueMessage.LARGEST_BODY + (256 << 10);

  /** By how much a dead letter, or one that is sent again, may be longer than its message. */
  private static final long AROUND_COPY = 64 << 10;

  private static final Logger LOG = Logger.getLogger(EmbeddedBroker.class);

  private static final String ACCEPTOR = "amqp";
  private static final String ANY = "#";
  private static final int JOURNAL_FILE = 4 << 20;

  /** A message that is taken goes into it whole. */
  private static final int JOURNAL_BUFFER = 2 << 20;

  /** In bytes; those that are larger are streamed to disk, and refused when they are there. */
  private static final int LARGEST_IN_MEMORY = Math.toIntExact(LARGEST_MESSAGE + AROUND_COPY);

  private static final int PAGE = 1 << 20;
  private static final long QUEUE_IN_MEMORY = 4L << 20;
  private static final long ALL_IN_MEMORY = 16L << 20;
  private static final long QUEUE_ON_DISK = 1L << 30;
  private static final long LEFT_ON_DISK = 256L << 20;

  /** After which a queue goes that some client made, and nobody uses. */
  private static final long UNUSED_MS = Duration.ofDays(1).toMillis();

  private static final long LOCK_MS = 2000;

  private final ProcessLock lock;
  private final ActiveMQServerImpl server;

  /**
   * Starts a broker.
   *
   * @throws BrokerException if its port is taken, another process has its folder, or its folder
   *     cannot be written
   */
  public EmbeddedBroker(BrokerSettings settings) {
    requireFreePort(settings);
    lock = lock(settings.folder());
    server =
        new ActiveMQServerImpl(
            configuration(settings), new BrokerGuard(settings.user(), settings.password()));
    server.addProtocolManagerFactory(new ProtonProtocolManagerFactory());
    AtomicReference<Exception> failure = new AtomicReference<>();
    server.registerActivationFailureListener(failure::set);
    try {
      server.start();
    } catch (Exception e) {
      failure.set(e);
    }
    if (failure.get() != null || !server.isActive()) {
      close();
      throw new BrokerException(
          "The queue's broker cannot start from %s: %s"
              .formatted(settings.folder(), causeOf(failure.get())),
          failure.get());
    }
  }

  private static String causeOf(Exception failure) {
    return failure == null ? "it did not say why." : FailureText.ofCause(failure);
  }

  private static void requireFreePort(BrokerSettings settings) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException e) {
      throw new BrokerException(
          "The queue cannot listen on %s:%d (%s). Set islet.queue.port to a free port, or to 0 for"
                  .formatted(settings.host(), settings.port(), e.getMessage())
              + " any; set islet.queue.url to use a broker that is there; or islet.queue.enabled to"
              + " false to do without.",
          e);
    }
  }

  private static ProcessLock lock(Path folder) {
    try {
      return ProcessLock.makeOrTake(Files.createDirectories(folder).resolve("lock"))
          .orElseThrow(
              () ->
                  new BrokerException(
                      "The queue's folder %s is in use by another Islet. Stop that one, or give another --home."
                          .formatted(folder)));
    } catch (IOException e) {
      throw new BrokerException(
          "The queue's folder %s cannot be made or written (%s). Look at its permissions."
              .formatted(folder, e.getClass().getSimpleName()),
          e);
    }
  }

  private static Configuration configuration(BrokerSettings settings) {
    Path folder = settings.folder();
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration
        .setName("islet")
        .setPersistenceEnabled(true)
        .setJournalDirectory(folder.resolve("journal").toString())
        .setBindingsDirectory(folder.resolve("bindings").toString())
        .setPagingDirectory(folder.resolve("paging").toString())
        .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
        .setJournalType(JournalType.NIO)
        .setJournalDatasync(true)
        .setJournalFileSize(JOURNAL_FILE)
        .setJournalBufferSize_NIO(JOURNAL_BUFFER)
        .setJournalLockAcquisitionTimeout(LOCK_MS)
        .setMinDiskFree(LEFT_ON_DISK)
        .setGlobalMaxSize(ALL_IN_MEMORY)
        .setSecurityEnabled(true)
        .setJMXManagementEnabled(false)
        .setCriticalAnalyzer(false)
        .setScheduledThreadPoolMaxSize(2)
        .setResolveProtocols(false)
        .addAcceptorConfiguration(acceptor(settings))
        .addAddressSetting(ANY, addressSettings());
    settings
        .queues()
        .forEach(
            name ->
                configuration
                    .addAddressConfiguration(queue(name))
                    .addAddressSetting(name, ownAddressSettings()));
    settings
        .topics()
        .forEach(
            name -> configuration.addAddressConfiguration(address(name, RoutingType.MULTICAST)));
    configuration.registerBrokerPlugin(new SizeLimit());
    configuration.registerBrokerPlugin(new ReadableMessages(settings.queues()));
    configuration.registerBrokerPlugin(new Acknowledgements());
    return configuration;
  }

  private static TransportConfiguration acceptor(BrokerSettings settings) {
    return new TransportConfiguration(
        NettyAcceptorFactory.class.getName(),
        Map.of(
            TransportConstants.HOST_PROP_NAME,
            settings.host(),
            TransportConstants.PORT_PROP_NAME,
            settings.port(),
            TransportConstants.PROTOCOLS_PROP_NAME,
            "AMQP",
            TransportConstants.USE_EPOLL_PROP_NAME,
            false,
            TransportConstants.USE_KQUEUE_PROP_NAME,
            false),
        ACCEPTOR,
        Map.of("amqpMinLargeMessageSize", LARGEST_IN_MEMORY));
  }

  private static AddressSettings addressSettings() {
    return new AddressSettings()
        .setDefaultAddressRoutingType(RoutingType.ANYCAST)
        .setDefaultQueueRoutingType(RoutingType.ANYCAST)
        // Not at once: a reply may be on its way to a queue that nobody reads just now.
        .setAutoDeleteQueuesDelay(UNUSED_MS)
        .setAutoDeleteAddressesDelay(UNUSED_MS)
        .setMaxDeliveryAttempts(-1)
        .setMaxSizeBytes(QUEUE_IN_MEMORY)
        .setPageSizeBytes(PAGE)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setPageLimitBytes(QUEUE_ON_DISK)
        .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL);
  }

  /** Who takes one of Islet's queues for a topic is told, as nobody would hear of it. */
  private static AddressSettings ownAddressSettings() {
    return addressSettings().setAutoCreateAddresses(false).setAutoCreateQueues(false);
  }

  private static CoreAddressConfiguration address(String name, RoutingType type) {
    return new CoreAddressConfiguration().setName(name).addRoutingType(type);
  }

  private static CoreAddressConfiguration queue(String name) {
    return address(name, RoutingType.ANYCAST)
        .addQueueConfig(
            QueueConfiguration.of(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoDelete(false));
  }

  /** The port that it listens on. */
  public int port() {
    return ((NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR)).getActualPort();
  }

  /** How many messages a queue holds, with those that somebody has and did not acknowledge yet. */
  long messages(String queue) {
    Queue found = server.isActive() ? server.locateQueue(queue) : null;
    return found == null ? 0 : found.getMessageCount();
  }

  /** Whether somebody gets what is sent to a topic now; it is thrown away otherwise. */
  boolean isHeard(String topic) {
    try {
      return server.getPostOffice().isAddressBound(SimpleString.of(topic));
    } catch (Exception e) {
      return true;
    }
  }

  /** Ends all connections and the broker; messages that nobody acknowledged stay on disk. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warnf("the queue's broker did not end cleanly: %s", FailureText.ofCause(e));
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warnf("the lock of the queue's folder cannot be let go: %s", FailureText.of(e));
    }
  }

  /** Refuses a message that is too large to its sender. */
  private static final class SizeLimit implements ActiveMQServerMessagePlugin {
    @Override
    public void beforeSend(
        ServerSession session,
        Transaction tx,
        Message message,
        boolean direct,
        boolean noAutoCreate)
        throws ActiveMQException {
      long size = message.getWholeMessageSize();
      long most = LARGEST_MESSAGE + (isCopy(message) ? AROUND_COPY : 0);
      if (size > most) {
        throw new ActiveMQIllegalStateException(
            "The message has %d bytes; at most %d are taken.".formatted(size, most));
      }
    }

    /** Whether it is of one that was taken, with what is said beside it. */
    private static boolean isCopy(Message message) {
      return message.containsProperty(DeadLetters.CODE)
          || message.containsProperty(DeadLetters.REDRIVE);
    }
  }

  /** Knows when a message is taken away for good. */
  private static final class Acknowledgements implements ActiveMQServerMessagePlugin {
    @Override
    public void messageAcknowledged(
        Transaction tx, MessageReference message, AckReason reason, ServerConsumer consumer) {
      if (reason == AckReason.NORMAL) {
        CrashPoint.reached("acknowledged");
      }
    }
  }
}
