package org.islet.job;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.islet.store.Causes;
import org.islet.store.StoreException;
import org.jboss.logging.Logger;

/**
 * Work that a thread does again and again: when it is woken, and at the latest after a while. A
 * round that fails is told now and then, and does not end the loop.
 */
final class Loop implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Loop.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** After a round that failed; twice as long after each other one, up to the interval. */
  private static final Duration FIRST_REST = Duration.ofSeconds(1);

  private final Semaphore woken = new Semaphore(1);
  private final Duration interval;
  private final Runnable round;
  private final Runnable last;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Optional<Long> begun = Optional.empty();
  private final Troubles told = new Troubles();
  private volatile Optional<String> trouble = Optional.empty();

  Loop(String name, Duration interval, Runnable round) {
    this(name, interval, round, () -> {});
  }

  /**
   * @param last done once, when the loop has been stopped
   */
  Loop(String name, Duration interval, Runnable round, Runnable last) {
    this.interval = interval;
    this.round = round;
    this.last = last;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  Loop start() {
    thread.start();
    return this;
  }

  /** Lets a round begin at once, or another after the one that is under way. */
  void wake() {
    woken.release();
  }

  String name() {
    return thread.getName();
  }

  /**
   * For how long a round has been under way; zero between two rounds, and once it was closed. For
   * ever where the thread has died, as when no memory was left to tell of trouble.
   */
  Duration silence() {
    if (!closed && thread.getState() == Thread.State.TERMINATED) {
      return ChronoUnit.FOREVER.getDuration();
    }
    return closed
        ? Duration.ZERO
        : begun.map(since -> Duration.ofNanos(System.nanoTime() - since)).orElse(Duration.ZERO);
  }

  /** Why the latest round failed; nothing if it did not. */
  Optional<String> trouble() {
    return trouble;
  }

  private void run() {
    Duration rest = shorter(FIRST_REST, interval);
    while (!closed) {
      try {
        woken.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        woken.drainPermits();
        if (!closed) {
          doRound();
        }
        trouble = Optional.empty();
        told.over();
        rest = shorter(FIRST_REST, interval);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        tell(e);
        rest(rest);
        rest = shorter(rest.multipliedBy(2), interval);
        wake();
      }
    }
    try {
      last.run();
    } catch (RuntimeException e) {
      LOG.debugf(e, "%s: not all could be done at the end", thread.getName());
    }
  }

  private void doRound() {
    begun = Optional.of(System.nanoTime());
    try {
      round.run();
    } finally {
      begun = Optional.empty();
    }
  }

  private void tell(Throwable e) {
    Optional<String> ofStore = ofStore(e);
    String why = ofStore.orElseGet(() -> FailureText.ofCause(e));
    if (told.isNews(why)) {
      LOG.errorf(ofStore.isPresent() ? null : e, "%s: %s", thread.getName(), why);
    }
    trouble = Optional.of(why);
  }

  /** What is said of trouble with the store, which may pass and is no mistake of Islet. */
  private static Optional<String> ofStore(Throwable e) {
    return Causes.of(e)
        .filter(StoreException.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void rest(Duration rest) {
    try {
      Thread.sleep(rest.toMillis());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Lets the loop end after the round that is under way. */
  void stop() {
    closed = true;
    wake();
  }

  /** Waits until the loop has ended, though not for longer than some nanoseconds. */
  void await(long nanos) {
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the loop when the round that is under way has ended, or does not end for long. */
  @Override
  public void close() {
    stop();
    await(PATIENCE.toNanos());
  }
}
