package org.islet.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.islet.job.FailureText;
import org.islet.queue.QueueService;
import org.islet.queue.RequestClient;

/**
 * One run: sends requests by the clock, each of a CT of its own, hears what becomes of them, and
 * takes the CTs away again.
 */
public final class LoadRun {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LOOK = Duration.ofMillis(50);

  /** For what was said just before the last answer, and comes by another way. */
  private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

  /** How often a request is sent that the broker does not confirm. */
  private static final int MOST_TRIES = 20;

  /** With which no request of this run can end well. */
  private static final Set<String> NEVER = Set.of("not-allowed", "not-found");

  private final String run;
  private final LoadPlan plan;
  private final Copies copies;
  private final Pace pace;
  private final Ledger ledger;
  private final BooleanSupplier stop;
  private final Semaphore room;
  private final Queue<Sending> unconfirmed = new ConcurrentLinkedQueue<>();
  private final AtomicReference<String> trouble = new AtomicReference<>();

  /** How far a run is. */
  public record State(int sent, int confirmed, int through) {}

  /**
   * @param run its name: letters, digits and hyphens, unlike that of any other run
   * @param folder of this run alone, below one that requests may name
   * @param stop whether it was asked to end
   */
  public LoadRun(
      String run, LoadPlan plan, Originals originals, Path folder, BooleanSupplier stop) {
    this.run = run;
    this.plan = plan;
    this.copies = new Copies(folder, run, originals, plan.keep() || plan.intakeOnly());
    this.pace = new Pace(plan.perSecond());
    this.ledger = new Ledger(run, plan.intakeOnly());
    this.stop = stop;
    this.room = new Semaphore(plan.inFlight());
  }

  public State state() {
    return new State(ledger.sent(), ledger.confirmed(), ledger.through());
  }

  /**
   * Runs it to its end: until each request is answered, nothing was heard for too long, or it was
   * asked to stop.
   *
   * @throws JMSRuntimeException if the broker cannot be reached at the start
   * @throws IOException if a CT cannot be taken away again
   */
  public LoadReport run(QueueService queue) throws IOException {
    try (copies;
        RequestClient client = queue.client(this::failForBroker)) {
      client.hear(queue.events(), json -> through(ledger.event(json, Instant.now())));
      if (!plan.intakeOnly()) {
        client.hear(reply(), json -> through(ledger.reply(json, Instant.now())));
      }
      sendAll(client);
      if (!await(() -> isSettled(client), plan.patience())) {
        failForSilence();
      }
      if (!plan.intakeOnly()) {
        await(ledger::isWholeStory, LAST_EVENTS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("It was interrupted.");
    }
    return ledger.report(Optional.ofNullable(trouble.get()));
  }

  private boolean isSettled(RequestClient client) {
    try {
      sendAgain(client);
      return ledger.isSettled();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String reply() {
    return plan.reply().orElse("islet.load." + run);
  }

  private void sendAll(RequestClient client) throws InterruptedException {
    Instant start = Instant.now();
    for (int number = 0; number < plan.cases() && awaitRoom(); number++) {
      sendAgain(client);
      try {
        Path ct = copies.write(number);
        Instant due = pace.due(start, number);
        if (!awaitTime(due)) {
          return;
        }
        send(client, number, ct, due);
      } catch (IOException e) {
        fail(FailureText.of(e));
      }
    }
  }

  private void send(RequestClient client, int number, Path ct, Instant due)
      throws InterruptedException {
    Instant now = Instant.now();
    ledger.sent(plan.perSecond() == 0 ? now : due, now);
    Sending sending = new Sending(number, request(number, ct), 1);
    client.send(sending.body, sending);
  }

  /**
   * A request on its way to the broker. Where the broker does not confirm it, it is sent again,
   * which makes no second case.
   */
  private final class Sending implements RequestClient.Confirmation {

    private final int number;
    private final String body;
    private final int tries;

    /**
     * @param tries how often it is sent then
     */
    Sending(int number, String body, int tries) {
      this.number = number;
      this.body = body;
      this.tries = tries;
    }

    @Override
    public void confirmed() {
      ledger.confirmed(number, Instant.now());
    }

    @Override
    public void failed(String reason) {
      if (tries < MOST_TRIES) {
        unconfirmed.add(new Sending(number, body, tries + 1));
      } else {
        through(ledger.notConfirmed(number));
      }
    }
  }

  private void sendAgain(RequestClient client) throws InterruptedException {
    for (Sending each = unconfirmed.poll(); each != null; each = unconfirmed.poll()) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      client.send(each.body, each);
    }
  }

  private String request(int number, Path ct) {
    ObjectNode request = JSON.createObjectNode();
    request.put("version", 1).put("id", ledger.id(number)).put("input", ct.toString());
    plan.route().ifPresent(route -> request.put("route", route));
    plan.priority().ifPresent(priority -> request.put("priority", priority));
    if (!plan.intakeOnly()) {
      request.put("reply", reply());
    }
    return request.toString();
  }

  /** A request is through, if it is one: its CT is not needed any more. */
  private void through(OptionalInt number) {
    if (number.isEmpty()) {
      return;
    }
    room.release();
    ledger.code(number.getAsInt()).filter(NEVER::contains).ifPresent(this::failForGood);
    try {
      copies.delete(number.getAsInt());
    } catch (IOException e) {
      fail(FailureText.of(e));
    }
  }

  private void failForGood(String code) {
    fail(
        "The service refuses what lies in %s (%s). Give the --home of ./islet serve, or as --inputs a folder of its islet.queue.roots that it reaches by the same path."
            .formatted(copies.folder(), code));
  }

  private void failForBroker(String why) {
    fail("The broker was lost (%s).".formatted(why));
  }

  private void fail(String sentence) {
    trouble.compareAndSet(null, sentence);
  }

  private boolean isGoingOn() {
    if (stop.getAsBoolean()) {
      fail("It was asked to stop.");
    }
    return trouble.get() == null;
  }

  /** False if it is not to go on. */
  private boolean awaitRoom() throws InterruptedException {
    boolean got = await(room::tryAcquire, plan.patience());
    if (!got) {
      failForSilence();
    }
    return got && isGoingOn();
  }

  /** False if it is not to go on. */
  private boolean awaitTime(Instant due) throws InterruptedException {
    for (Instant now = Instant.now(); now.isBefore(due) && isGoingOn(); now = Instant.now()) {
      Duration left = Duration.between(now, due);
      TimeUnit.NANOSECONDS.sleep(Math.min(LOOK.toNanos(), left.toNanos()));
    }
    return isGoingOn();
  }

  /** Waits for something until it is not to go on, or nothing was heard for too long. */
  private boolean await(BooleanSupplier wanted, Duration silence) throws InterruptedException {
    boolean is = wanted.getAsBoolean();
    while (!is && isGoingOn() && Instant.now().isBefore(ledger.heard().plus(silence))) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      is = wanted.getAsBoolean();
    }
    return is;
  }

  private void failForSilence() {
    fail(
        "Nothing was heard for %d s. See ./islet jobs whether the service works on the cases, or give a longer --timeout."
            .formatted(plan.patience().toSeconds()));
  }
}
