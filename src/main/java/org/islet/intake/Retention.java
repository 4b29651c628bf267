package org.islet.intake;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.islet.intake.Shelf.Item;
import org.islet.job.FailureText;
import org.islet.job.Troubles;
import org.jboss.logging.Logger;

/**
 * Clears away the oldest CTs that are done and the oldest results, where limits are set for them. A
 * result goes as a whole, and not before the record has forgotten where it is, so the same CT is
 * segmented again. Links are not followed, and nothing outside of these folders is touched.
 */
public final class Retention implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final Supplier<Set<Path>> done;
  private final Limits doneLimits;
  private final Shelf results;
  private final Limits resultLimits;
  private final Troubles troubles = new Troubles();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Retention::thread);

  /**
   * How much is kept.
   *
   * @param age for how long at the most
   * @param bytes how much at the most
   */
  public record Limits(Optional<Duration> age, Optional<Long> bytes) {

    /** No limits. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

    private boolean areSet() {
      return age.isPresent() || bytes.isPresent();
    }

    private boolean exceeds(Item oldest, long total, Instant now) {
      return oldest.isHalfGone()
          || age.filter(most -> oldest.since().plus(most).isBefore(now)).isPresent()
          || bytes.filter(most -> total > most).isPresent();
    }
  }

  /**
   * @param done the folders of CTs that are done
   * @param results where results are
   */
  public Retention(
      Supplier<Set<Path>> done, Limits doneLimits, Shelf results, Limits resultLimits) {
    this.done = done;
    this.doneLimits = doneLimits;
    this.results = results;
    this.resultLimits = resultLimits;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "islet-retention");
    thread.setDaemon(true);
    return thread;
  }

  /** Sweeps now and then from now on, if there is a limit. */
  public Retention start() {
    start(FIRST, PAUSE);
    return this;
  }

  void start(Duration first, Duration pause) {
    if (doneLimits.areSet() || resultLimits.areSet()) {
      var unused =
          timer.scheduleWithFixedDelay(
              this::sweepOrTell, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The timer would sweep no more after an error. */
  private void sweepOrTell() {
    try {
      sweep();
    } catch (RuntimeException | Error e) {
      tell("what is old", e);
    }
  }

  private void tell(String what, Throwable e) {
    String trouble = FailureText.withoutNames(e);
    if (troubles.isNews(trouble)) {
      LOG.warnf(
          "%s cannot be cleared away by islet.retention (%s); it is tried again in %d minutes",
          what, trouble, PAUSE.toMinutes());
    }
  }

  /** Clears away what exceeds the limits now. */
  void sweep() {
    Cleared cts = new Cleared();
    if (doneLimits.areSet()) {
      done.get().forEach(folder -> clear(new DoneShelf(folder), doneLimits, cts));
    }
    Cleared cases = new Cleared();
    if (resultLimits.areSet()) {
      clear(results, resultLimits, cases);
    }
    if (cts.count + cases.count > 0) {
      LOG.infof(
          "cleared away by islet.retention: %d CT(s) of 'done' (%d MiB), %d result(s) (%d MiB)",
          cts.count, cts.bytes >> 20, cases.count, cases.bytes >> 20);
    }
  }

  /** What a sweep has cleared away. */
  private static final class Cleared {
    private int count;
    private long bytes;
  }

  /** Trouble with one place, or with one thing in it, leaves the others alone. */
  private void clear(Shelf shelf, Limits limits, Cleared cleared) {
    List<Item> items;
    try {
      items = shelf.items();
    } catch (IOException | RuntimeException | Error e) {
      tell("what is old in " + shelf.name(), e);
      return;
    }
    Instant now = Instant.now();
    long total = items.stream().mapToLong(Item::bytes).sum();
    for (Item item : items.stream().sorted(Comparator.comparing(Item::since)).toList()) {
      if (limits.exceeds(item, total, now) && isCleared(item)) {
        total -= item.bytes();
        cleared.count++;
        cleared.bytes += item.bytes();
      }
    }
  }

  private boolean isCleared(Item item) {
    try {
      return item.deletion().delete();
    } catch (NoSuchFileException e) { // somebody else was quicker
      return false;
    } catch (IOException | RuntimeException | Error e) {
      tell(item.name(), e);
      return false;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
