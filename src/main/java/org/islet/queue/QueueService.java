package org.islet.queue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.jms.JmsComponent;

/** All of the queue, put together: the broker if it is inside, the ways to it, what sends. */
public final class QueueService implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final QueueSettings settings;
  private final Optional<EmbeddedBroker> broker;
  private final BrokerConnections connections;
  private final MessageSender sender;
  private final MessageSender teller;
  private final DeadLetters deadLetters;
  private volatile Optional<String> trouble;

  /**
   * Starts the broker if it is inside; one elsewhere need not be there yet.
   *
   * @param folder where the broker inside keeps its messages
   * @throws BrokerException if it cannot start, or the settings do not fit
   */
  public QueueService(QueueSettings settings, Path folder) {
    this(
        settings,
        settings.url().isEmpty() ? Optional.of(embedded(settings, folder)) : Optional.empty());
  }

  /** Reaches the broker of a service that runs, for a while. */
  public static QueueService visit(QueueSettings settings) {
    return new QueueService(settings, Optional.empty());
  }

  private QueueService(QueueSettings settings, Optional<EmbeddedBroker> broker) {
    this.settings = settings;
    this.broker = broker;
    this.trouble =
        broker.isPresent() ? Optional.empty() : Optional.of("The broker was not looked at yet.");
    int port = broker.map(EmbeddedBroker::port).orElse(settings.port());
    String url = settings.url().isEmpty() ? settings.embeddedUrl(port) : settings.url();
    connections = new BrokerConnections(url, settings.user(), settings.password());
    sender = MessageSender.confirmed(connections);
    teller = MessageSender.unconfirmed(connections);
    deadLetters =
        new DeadLetters(
            connections, settings.requests(), settings.deadLetters(), Clock.systemUTC());
  }

  private static EmbeddedBroker embedded(QueueSettings settings, Path folder) {
    settings.requireGuarded();
    return new EmbeddedBroker(
        new BrokerSettings(
            folder,
            settings.host(),
            settings.port(),
            settings.user(),
            settings.password(),
            Set.of(settings.requests(), settings.deadLetters()),
            Set.of(settings.events())));
  }

  /** The port of the broker inside the process, if there is one. */
  public OptionalInt port() {
    return broker.map(b -> OptionalInt.of(b.port())).orElse(OptionalInt.empty());
  }

  /** Where the broker inside the process is reached, if there is one. */
  public Optional<String> address() {
    return broker.map(b -> settings.embeddedUrl(b.port()));
  }

  /**
   * How many messages are in the queues of requests and of dead letters, by the queue's name;
   * nothing where the broker is elsewhere, which tells that itself.
   */
  public Map<String, LongSupplier> depths() {
    return broker
        .map(
            inside ->
                Stream.of(settings.requests(), settings.deadLetters())
                    .collect(
                        Collectors.toMap(
                            Function.identity(),
                            queue -> (LongSupplier) () -> inside.messages(queue))))
        .orElse(Map.of());
  }

  /** A component for Camel, to be there as {@link QueueComponent#SCHEME}. */
  public JmsComponent component() {
    return QueueComponent.of(connections, settings.consumers());
  }

  /** What Camel calls the queue of requests. */
  public String requests() {
    return QueueComponent.SCHEME + ":queue:" + settings.requests();
  }

  /** The end of a route that begins with {@link #requests()}. */
  public RequestDoor door(RequestHandler handler) {
    return new RequestDoor(
        handler,
        deadLetters,
        sender,
        Set.of(settings.requests(), settings.deadLetters(), settings.events()),
        Clock.systemUTC(),
        PAUSE);
  }

  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /**
   * Connects as one that asks.
   *
   * @param trouble is told, in words, when a connection is lost for good
   * @throws jakarta.jms.JMSRuntimeException if the broker cannot be reached
   */
  public RequestClient client(Consumer<String> trouble) {
    return new RequestClient(connections, settings.requests(), trouble);
  }

  /** The topic of events, as a destination. */
  public String events() {
    return "topic:" + settings.events();
  }

  BrokerConnections connections() {
    return connections;
  }

  MessageSender sender() {
    return sender;
  }

  /**
   * Tells whoever asked.
   *
   * @param to as in {@link ReceivedRequest#reply()}
   * @throws jakarta.jms.JMSRuntimeException if the broker does not confirm it
   */
  public void reply(String to, ReplyMessage message) {
    sender.send(to, message);
  }

  /**
   * Tells everybody.
   *
   * @throws jakarta.jms.JMSRuntimeException if the broker cannot be reached; it may be lost without
   *     that, too
   */
  public void publish(ReplyMessage message) {
    teller.send(events(), message);
  }

  /** Whether anybody may be there to be told; one cannot know of a broker elsewhere. */
  boolean isHeard() {
    return broker.map(inside -> inside.isHeard(settings.events())).orElse(true);
  }

  /** Looks whether the broker and its queues are there; it may take as long as a connection. */
  public void probe() {
    trouble = sender.trouble(List.of(settings.requests(), settings.deadLetters()));
  }

  /** Why the broker could not be reached when that was last looked at; nothing if it could. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** Closes what is open; routes must have ended before. */
  @Override
  public void close() {
    connections.close();
    broker.ifPresent(EmbeddedBroker::close);
  }
}
