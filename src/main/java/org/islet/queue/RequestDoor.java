package org.islet.queue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsMessage;
import org.islet.job.FailureText;
import org.islet.request.RequestRefusedException;
import org.islet.store.Failure;
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

  private final RequestHandler handler;
  private final DeadLetters deadLetters;
  private final MessageSender sender;
  private final Set<String> own;
  private final Clock clock;
  private final Duration pause;

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
    Message message = exchange.getIn(JmsMessage.class).getJmsMessage();
    Asker asker = Asker.of(message);
    try {
      ReceivedRequest request = ReceivedRequest.of(message);
      asker = Asker.of(request);
      requireAnothersQueue(request);
      handler.accept(request);
    } catch (RequestRefusedException e) {
      refuse(message, e.code(), e.getMessage(), asker.knowing(e));
    } catch (InputUnreachableException e) {
      tryAgain(exchange, message, "unreachable", e, asker);
    } catch (IOException | JMSException | JMSRuntimeException e) {
      LOG.warnf("a request cannot be taken on now: %s", FailureText.ofCause(e));
      pause(exchange, deliveries(message));
      throw e;
    } catch (RuntimeException e) {
      LOG.warnf(e, "a request met a mistake of ours (%d)", deliveries(message));
      tryAgain(exchange, message, "internal", e, asker);
    }
  }

  /** Whoever is told how it ended. */
  private record Asker(ReplyMessage.About about, Optional<String> reply) {

    static Asker of(Message message) throws JMSException {
      String correlation = ReceivedRequest.correlation(message).orElse(null);
      return new Asker(
          new ReplyMessage.About(null, null, correlation, false, false),
          ReceivedRequest.replyTo(message));
    }

    static Asker of(ReceivedRequest received) {
      return new Asker(
          new ReplyMessage.About(
              received.request().id(),
              null,
              received.correlationId(),
              received.request().cloudEvent(),
              false),
          received.reply());
    }

    /** With what could be read of a request although it was refused. */
    Asker knowing(RequestRefusedException e) {
      String id = e.requestId().orElse(about.requestId());
      String correlation = about.correlationId() == null ? id : about.correlationId();
      return new Asker(
          new ReplyMessage.About(id, null, correlation, about.cloudEvent(), false),
          e.reply().or(() -> reply));
    }
  }

  private void requireAnothersQueue(ReceivedRequest request) throws RequestRefusedException {
    if (request.reply().filter(this::isOwn).isPresent()) {
      throw new RequestRefusedException(
          RequestRefusedException.BAD_REQUEST,
          "The reply address is a queue of Islet's own; name one that you read from.");
    }
  }

  private boolean isOwn(String reply) {
    return own.contains(MessageSender.plain(reply));
  }

  /** Fails the route, or gives a message up that has been tried often enough. */
  private <E extends Exception> void tryAgain(
      Exchange exchange, Message message, String code, E failure, Asker asker)
      throws JMSException, E {
    if (deliveries(message) >= MOST_DELIVERIES) {
      refuse(message, code, FailureText.of(failure), asker);
      return;
    }
    pause(exchange, deliveries(message));
    throw failure;
  }

  private void refuse(Message message, String code, String reason, Asker asker) {
    deadLetters.add(message, code, reason, asker.about().requestId());
    LOG.infof("a request was refused: %s", new Failure(code, reason).forLog());
    asker
        .reply()
        .filter(to -> !isOwn(to))
        .ifPresent(
            to ->
                tell(
                    to,
                    ReplyMessage.failed(
                        asker.about(), clock.instant(), new Failure(code, reason))));
  }

  /** The dead letter is what counts, so that a reply which fails is not tried again. */
  private void tell(String to, ReplyMessage reply) {
    try {
      sender.send(to, reply);
    } catch (JMSRuntimeException e) {
      LOG.warnf("the sender of a refused request cannot be told: %s", FailureText.of(e));
    }
  }

  private static int deliveries(Message message) throws JMSException {
    return Math.max(1, message.getIntProperty("JMSXDeliveryCount"));
  }

  /** Waits before a message comes again; not for the end of the service, nor longer than it. */
  private void pause(Exchange exchange, int deliveries) {
    long wait = pause.multipliedBy(1L << Math.min(deliveries - 1, 20)).toMillis();
    long end = System.nanoTime() + MILLISECONDS.toNanos(Math.min(wait, LONGEST_PAUSE.toMillis()));
    try {
      while (System.nanoTime() < end && exchange.getContext().isRunAllowed()) {
        Thread.sleep(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
