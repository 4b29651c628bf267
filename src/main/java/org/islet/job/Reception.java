package org.islet.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.islet.format.InputRefusedException;
import org.islet.store.Failure;
import org.islet.store.Incoming;
import org.islet.store.Input;
import org.islet.store.Job;
import org.islet.store.KeyReusedException;
import org.islet.store.Request;
import org.islet.store.StoreException;
import org.jboss.logging.Logger;

/**
 * Takes requests down, and then looks at their CTs: each becomes a case, or is refused. A request
 * that was taken down is looked at whatever happens to the process in between.
 */
public final class Reception implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Reception.class);

  /** After which another worker may look at a CT. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int LOOKERS = 2;

  /** More wait in the record, not in memory. */
  private static final int MOST_IN_HAND = 64;

  private final Worker worker;
  private final Segmenter segmenter;
  private final SegmentationRoutes routes;
  private final ResultPlace results;
  private final Consumer<Job> whenAccepted;
  private final Runnable whenRefused;
  private final Map<String, Door> doors = new ConcurrentHashMap<>();
  private final ExecutorService lookers = Executors.newFixedThreadPool(LOOKERS, Reception::looker);

  /** The requests that wait for a looker here, or have one. */
  private final Queue<Request> unrecorded = new ConcurrentLinkedQueue<>();

  private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();

  /** Requests that came once more while they were in hand. */
  private final Map<UUID, Request> askedAgain = new ConcurrentHashMap<>();

  Reception(
      Worker worker,
      Segmenter segmenter,
      SegmentationRoutes routes,
      ResultPlace results,
      Consumer<Job> whenAccepted,
      Runnable whenRefused) {
    this.worker = worker;
    this.segmenter = segmenter;
    this.routes = routes;
    this.results = results;
    this.whenAccepted = whenAccepted;
    this.whenRefused = whenRefused;
  }

  /** One that waits for a drive which is away must not keep the process from ending. */
  private static Thread looker(Runnable work) {
    Thread thread = new Thread(work, "islet-look");
    thread.setDaemon(true);
    return thread;
  }

  void open(Door door) {
    doors.put(door.name(), door);
  }

  /** The door by which a request came; null if it is shut here. */
  Door doorOf(Request request) {
    return doors.get(request.door());
  }

  /**
   * Takes a request down; it is durable when this returns. Its CT is looked at soon after.
   *
   * @throws KeyReusedException if its key was used for another request, which was served or waits
   * @throws org.islet.store.StoreException if it cannot be taken down now
   */
  public Request receive(Incoming incoming) throws KeyReusedException {
    Request request = worker.store().receive(incoming, worker.id(), PATIENCE);
    CrashPoint.reached("received");
    if (request.caseId() == null && request.failure() == null) {
      if (inHand.size() < MOST_IN_HAND) {
        look(request);
      } else {
        worker.store().release(request);
      }
    }
    return request;
  }

  /** Takes down a request that cannot become a case, and why. */
  public Request refuse(Incoming incoming, Failure why) throws KeyReusedException {
    return told(worker.store().receiveRefused(incoming, worker.id(), why));
  }

  /** Tells of a request that was refused before it was taken down, so that no record holds it. */
  public void turnedAway(Request request) {
    worker.news().refused(request);
  }

  /** Looks at the CTs of requests whose time has come. */
  void lookAround() {
    for (Request request = unrecorded.poll(); request != null; request = unrecorded.poll()) {
      look(request);
    }
    int room = MOST_IN_HAND - inHand.size();
    if (room > 0) {
      worker.store().look(worker.id(), PATIENCE, worker::isGone, room).forEach(this::look);
    }
  }

  private void look(Request request) {
    askedAgain.put(request.id(), request);
    if (!inHand.add(request.id())) {
      return; // who has it in hand sees that it was asked for again
    }
    askedAgain.remove(request.id());
    try {
      lookers.execute(
          () -> {
            try {
              lookAt(request);
            } catch (StoreException e) {
              LOG.errorf("what became of a request cannot be recorded: %s", e.getMessage());
              unrecorded.add(request);
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
      worker.store().release(again);
    }
  }

  private void lookAt(Request request) {
    Door door = doorOf(request);
    try {
      if (door == null) {
        throw new IOException("The door '%s' is shut here.".formatted(request.door()));
      }
      accept(request, door.ct(request));
    } catch (InputRefusedException e) {
      refuse(request, new Failure(e.code(), e.getMessage()));
    } catch (IOException | RuntimeException | Error e) {
      trouble(request, e);
    }
  }

  private void accept(Request request, Path ct) throws IOException {
    try (SegmentationRoute route = opened(request.order().route())) {
      Input input = segmenter.inspect(ct, route);
      String wanted = request.order().sha256();
      if (wanted != null && !wanted.equalsIgnoreCase(input.sha256())) {
        throw new InputRefusedException(
            "digest-mismatch",
            "The CT's SHA-256 is %s, but the request says that it is %s. Send it again, or mend the request."
                .formatted(input.sha256(), wanted));
      }
      forgetIfGone(worker.store().latest(input.sha256(), request.order().route()));
      Job job = worker.store().accept(request, input, Method.digest(route), this::isFree);
      CrashPoint.reached("accepted");
      worker.news().accepted(job, request);
      whenAccepted.accept(job);
    }
  }

  /** A result that somebody took away is no answer. */
  private void forgetIfGone(Optional<Job> earlier) {
    earlier
        .filter(job -> job.state().hasResult() && job.resultPlace() != null && isFree(job.id()))
        .ifPresent(job -> worker.store().resultGone(job.id()));
  }

  private SegmentationRoute opened(String route) throws InputRefusedException {
    try {
      return routes.open(route);
    } catch (IllegalArgumentException e) {
      throw new InputRefusedException("unknown-route", e.getMessage());
    }
  }

  private boolean isFree(String caseId) {
    try {
      return results.isFree(caseId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trouble that may pass: looked at again after a while, though not for ever. */
  private void trouble(Request request, Throwable e) {
    int looks = request.looks() + 1;
    if (looks > worker.rules().retries()) {
      refuse(request, unread(e, looks));
    } else {
      worker.store().lookAgain(request, worker.rules().pauseAfterTrouble(looks));
    }
  }

  private static Failure unread(Throwable e, int tries) {
    return e instanceof InputUnreachableException
        ? new Failure(
            InputUnreachableException.CODE,
            "%s It was tried %d times; ask again when it can be got."
                .formatted(e.getMessage(), tries))
        : new Failure(
            "storage",
            "The CT could not be read after %d tries (%s). Look at the disk's space and permissions, and try again."
                .formatted(tries, FailureText.withoutNames(e)));
  }

  private Request refuse(Request request, Failure why) {
    return told(worker.store().refuse(request, why));
  }

  private Request told(Request refused) {
    worker.news().refused(refused);
    whenRefused.run();
    return refused;
  }

  /** Looks at no more CTs, when those that are being looked at have been. */
  @Override
  public void close() {
    lookers.shutdown();
    try {
      lookers.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
