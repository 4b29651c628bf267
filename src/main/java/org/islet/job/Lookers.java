package org.islet.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.islet.store.Request;

/**
 * Looks at the CTs of one door's requests, a few at one time. Each door has its own, so that one
 * whose drive is away or whose servers are slow holds up no other.
 */
final class Lookers {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int AT_ONCE = 8;

  /** More wait in the record, not in memory. */
  private static final int MOST_IN_HAND = 128;

  /** With fewer in hand, more are asked for. */
  private static final int FEW = MOST_IN_HAND / 2;

  private final Consumer<Request> look;
  private final Consumer<Request> release;
  private final IntFunction<List<Request>> more;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Lookers::thread);
  private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();

  /** Requests that came once more while they were in hand. */
  private final Map<UUID, Request> askedAgain = new ConcurrentHashMap<>();

  private final Loop loop;
  private volatile boolean mayBeMore = true;
  private volatile boolean stopped;

  /**
   * @param look looks at a request's CT
   * @param release lets anyone look at a request again
   * @param more takes it upon this worker to look at so many of the requests whose time has come
   */
  Lookers(
      String door,
      Consumer<Request> look,
      Consumer<Request> release,
      IntFunction<List<Request>> more) {
    this.look = look;
    this.release = release;
    this.more = more;
    this.loop = new Loop("islet-look-" + door, INTERVAL, this::fill);
  }

  Lookers start() {
    loop.start();
    return this;
  }

  Loop loop() {
    return loop;
  }

  /** One that waits for a drive which is away must not keep the process from ending. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "islet-look");
    thread.setDaemon(true);
    return thread;
  }

  private void fill() {
    int room = MOST_IN_HAND - inHand.size();
    List<Request> taken = room > 0 ? more.apply(room) : List.of();
    mayBeMore = room <= 0 || taken.size() == room;
    taken.forEach(this::take);
  }

  /** The requests that are looked at, or soon will be. */
  Set<UUID> inHand() {
    return Set.copyOf(inHand);
  }

  /** Whether another request can be taken in hand that is not in the record yet. */
  boolean hasRoom() {
    return inHand.size() < FEW;
  }

  /** Takes a request in hand, if it is not yet, and looks at its CT soon. */
  void take(Request request) {
    askedAgain.put(request.id(), request);
    if (!inHand.add(request.id())) {
      return; // who has it in hand sees that it was asked for again
    }
    askedAgain.remove(request.id());
    try {
      threads.execute(
          () -> {
            try {
              if (!stopped) {
                look.accept(request);
              }
            } finally {
              letGo(request.id());
            }
          });
    } catch (RejectedExecutionException e) {
      // The process is ending; the next one looks.
    }
  }

  /** One that came again while it was refused is to be looked at again. */
  private void letGo(UUID id) {
    inHand.remove(id);
    Request again = askedAgain.remove(id);
    if (again != null) {
      release.accept(again);
    }
    if (mayBeMore && inHand.size() < FEW) {
      loop.wake();
    }
  }

  /** Begins to look at no more CTs. */
  void stop() {
    stopped = true;
    loop.stop();
    threads.shutdown();
  }

  /** Waits until no CT is being looked at any more, though not for longer than some nanoseconds. */
  void await(long nanos) {
    try {
      threads.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
