package org.islet.queue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsMessage;
import org.islet.format.OneLine;
import org.islet.job.FailureText;
import org.islet.request.CloudEvent;
import org.islet.request.RequestRefusedException;
import org.islet.store.Failure;
import org.islet.store.Request;
import org.jboss.logging.Logger;

/**
 * Where requests come in: at the end of a route from {@code jms:}. A request that the handler takes
 * is acknowledged; one that is refused becomes a dead letter, and its sender is told if it says
 * where; after other trouble the route fails, a pause later, so that the message is delivered
 * again.
 */
public final class RequestDoor implements Processor {

  private static final Logger LOG = Logger.getLogger(RequestDoor.class);

  /** How often a message is tried whose trouble may be the message's own. */
  static final int MOST_DELIVERIES = 10;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long LOOK_MS = 50;
  private static final long SHUT_MS = 500;

  /** With which the names of a broker's own addresses begin (Artemis). */
  private static final String BROKERS_OWN = "activemq.";

  private final RequestHandler handler;
  private final DeadLetters deadLetters;
  private final MessageSender sender;
  private final Set<String> own;
  private final Clock clock;
  private final Duration pause;
  private final Deliveries deliveries = new Deliveries();

  /**
   * @param own the queues of requests and of dead letters, where no reply goes
   * @param pause before a message that met trouble comes again the first time; then twice as long
   *     each time, up to half a minute
   */
  public RequestDoor(
      RequestHandler handler,
      DeadLetters deadLetters,
      MessageSender sender,
      Set<String> own,
      Clock clock,
      Duration pause) {
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.sender = sender;
    this.own = own;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    requireOpen(exchange);
    Message message = exchange.getIn(JmsMessage.class).getJmsMessage();
    try {
      take(message);
    } catch (IOException | JMSException | JMSRuntimeException e) {
      LOG.warnf("a request cannot be taken on now: %s", BrokerTrouble.of(e));
      pause(exchange, deliveries.count(message));
      throw e;
    } catch (RuntimeException e) {
      int count = deliveries.count(message);
      LOG.warnf(e, "a request met a mistake of ours (%d)", count);
      pause(exchange, count);
      throw e;
    }
  }

  /** What its consumer had already when the door was shut comes again when it is open. */
  private void requireOpen(Exchange exchange) throws IOException {
    if (!handler.isOpen()) {
      sleep(exchange, SHUT_MS, () -> !handler.isOpen());
      throw new IOException("The door is shut.");
    }
  }

  /** Hands a message on, or lays it aside. */
  private void take(Message message) throws IOException, JMSException {
    Asker asker = Asker.UNKNOWN;
    try {
      asker = asker(message);
      ReceivedRequest request = ReceivedRequest.of(message);
      asker = asker(request);
      requireAnothersQueue(request);
      handler.accept(request);
    } catch (RequestRefusedException e) {
      refuse(message, new Failure(e.code(), e.getMessage()), asker.knowing(e));
    } catch (JMSRuntimeException e) {
      throw e;
    } catch (RuntimeException e) {
      if (deliveries.of(message) < MOST_DELIVERIES - 1) {
        throw e;
      }
      LOG.warnf(e, "a request meets a mistake of ours each time, and is given up");
      refuse(message, new Failure("internal", OneLine.of(FailureText.of(e))), asker);
    }
  }

  /**
   * Whoever is told that a message is refused, as far as that can be read.
   *
   * @param id the request's; null if it has none
   * @param correlation null for the id
   */
  private record Asker(String id, String correlation, Optional<String> reply, boolean cloudEvent) {

    static final Asker UNKNOWN = new Asker(null, null, Optional.empty(), false);

    /** With what could be read of a request although it was refused. */
    Asker knowing(RequestRefusedException e) {
      return new Asker(
          e.requestId().orElse(id),
          correlation,
          e.reply().or(() -> reply),
          cloudEvent || e.cloudEvent());
    }

    RequestDetails details() {
      String text = id == null ? null : ReceivedRequest.asCorrelation(id);
      return new RequestDetails(
          correlation == null ? text : correlation, reply.orElse(null), cloudEvent, "", Map.of());
    }
  }

  private static Asker asker(Message message) throws JMSException {
    Optional<CloudEvent> event = CloudEvent.binary(QueueMessage.properties(message));
    return new Asker(
        event.flatMap(CloudEvent::requestId).orElse(null),
        ReceivedRequest.correlation(message).orElse(null),
        ReceivedRequest.replyTo(message),
        event.isPresent());
  }

  private static Asker asker(ReceivedRequest received) {
    return new Asker(
        received.request().id(),
        received.correlationId(),
        received.reply(),
        received.request().cloudEvent());
  }

  private void requireAnothersQueue(ReceivedRequest request) throws RequestRefusedException {
    if (request.reply().filter(this::isOwn).isPresent()) {
      throw new RequestRefusedException(
          RequestRefusedException.BAD_REQUEST,
          "The reply address is a queue of Islet's or the broker's own; name one that you read from.");
    }
  }

  private boolean isOwn(String reply) {
    String name = MessageSender.plain(reply);
    return own.contains(name) || name.startsWith(BROKERS_OWN);
  }

  private void refuse(Message message, Failure why, Asker asker) throws JMSException {
    deadLetters.add(message, why, asker.id());
    RequestDetails details = asker.details();
    Request request = refused(QueueMessage.print(message), details, asker.id(), why);
    handler.refused(request);
    asker
        .reply()
        .filter(to -> !isOwn(to))
        .ifPresent(
            to -> tell(to, ReplyMessage.failed(details.about(request), request.receivedAt(), why)));
  }

  /** A request that is in no record; the same message, delivered again, is the same request. */
  private Request refused(UUID id, RequestDetails details, String key, Failure why) {
    return new Request(
        id,
        QueueDoor.NAME,
        key,
        null,
        null,
        details.toJson(),
        clock.instant(),
        0,
        0,
        0,
        null,
        false,
        why,
        null);
  }

  /** The dead letter is what counts, so that a reply which fails is not tried again. */
  private void tell(String to, ReplyMessage reply) {
    try {
      sender.send(to, reply);
    } catch (JMSRuntimeException e) {
      LOG.warnf("the sender of a refused request cannot be told: %s", FailureText.of(e));
    }
  }

  /** Waits before a message comes again; no longer than the service runs and the door is open. */
  private void pause(Exchange exchange, int deliveries) {
    long wait = pause.multipliedBy(1L << Math.min(deliveries - 1, 20)).toMillis();
    sleep(exchange, Math.min(wait, LONGEST_PAUSE.toMillis()), handler::isOpen);
  }

  private static void sleep(Exchange exchange, long most, BooleanSupplier goingOn) {
    long end = System.nanoTime() + MILLISECONDS.toNanos(most);
    try {
      while (System.nanoTime() < end
          && exchange.getContext().isRunAllowed()
          && goingOn.getAsBoolean()) {
        Thread.sleep(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
