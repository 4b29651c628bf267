package org.islet.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.format.InputRefusedException;
import org.islet.format.InputUnreachableException;
import org.islet.store.Failure;
import org.islet.store.Incoming;
import org.islet.store.Input;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.KeyReusedException;
import org.islet.store.Request;
import org.islet.store.RequestStore;
import org.jboss.logging.Logger;

/**
 * Takes requests down, and then looks at their CTs: each becomes a case, or is refused. A request
 * that was taken down is looked at whatever happens to the process in between.
 */
public final class Reception implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Reception.class);

  private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

  private final Worker worker;
  private final Segmenter segmenter;
  private final SegmentationRoutes routes;
  private final ResultPlace results;
  private final Consumer<Job> whenAccepted;
  private final Runnable whenRefused;
  private final Doors doors;
  private final Map<String, Lookers> lookers = new ConcurrentHashMap<>();

  /** The requests that were looked at while the record was away. */
  private final Queue<Request> unrecorded = new ConcurrentLinkedQueue<>();

  Reception(
      Worker worker,
      Doors doors,
      Segmenter segmenter,
      SegmentationRoutes routes,
      ResultPlace results,
      Consumer<Job> whenAccepted,
      Runnable whenRefused) {
    this.worker = worker;
    this.doors = doors;
    this.segmenter = segmenter;
    this.routes = routes;
    this.results = results;
    this.whenAccepted = whenAccepted;
    this.whenRefused = whenRefused;
  }

  /** Looks at the CTs of a door's requests from now on. */
  void lookBehind(Door door) {
    lookers.computeIfAbsent(
        door.name(),
        name ->
            new Lookers(name, this::look, requests()::release, room -> dueRequests(name, room))
                .start());
  }

  private List<Request> dueRequests(String door, int most) {
    return requests().look(door, worker.id(), worker.rules().lease(), worker::isGone, most);
  }

  private RequestStore requests() {
    return worker.store().requests();
  }

  /**
   * The requests whose CTs are looked at here, or will be. One that was taken down though whoever
   * handed it in was told otherwise, as its disk was full at the last moment, is none of them: its
   * time comes.
   */
  Set<UUID> inHand() {
    return Stream.concat(
            lookers.values().stream().flatMap(own -> own.inHand().stream()),
            unrecorded.stream().map(Request::id))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What looks at CTs. */
  Stream<Loop> loops() {
    return lookers.values().stream().map(Lookers::loop);
  }

  /**
   * Takes a request down; it is durable when this returns. Its CT is looked at soon after.
   *
   * @throws KeyReusedException if its key was used for another request, which was served or waits
   * @throws org.islet.store.StoreException if it cannot be taken down now
   * @throws UncheckedIOException if it was answered, and there is no saying now whether that result
   *     stands
   */
  public Request receive(Incoming incoming) throws KeyReusedException {
    Lookers own = lookers.get(incoming.door());
    boolean here = own != null && own.hasRoom();
    Request request =
        requests()
            .receive(
                incoming,
                here ? worker.id() : null,
                here ? worker.rules().lease() : Duration.ZERO,
                this::stands);
    CrashPoint.reached("received");
    if (here && request.caseId() == null && request.failure() == null) {
      own.take(request);
    }
    return request;
  }

  /**
   * Refuses the request whose file is not what it was any more, if others ask for its case who may
   * have one that is; the case goes on without it then.
   */
  boolean leaves(Doors.Ct changed, CaseFailedException why) {
    Optional<Request> refused =
        requests().leave(changed.request(), new Failure(why.code(), why.getMessage()));
    refused.ifPresent(this::told);
    return refused.isPresent();
  }

  /** Takes down a request that cannot become a case, and why. */
  public Request refuse(Incoming incoming, Failure why) throws KeyReusedException {
    return told(requests().receiveRefused(incoming, worker.id(), why));
  }

  /** Tells of a request that was refused before it was taken down, so that no record holds it. */
  public void turnedAway(Request request) {
    worker.news().refused(request);
  }

  /** Looks again at the CTs of requests of which it could not be recorded what became of them. */
  void lookAgain() {
    for (Request request = unrecorded.poll(); request != null; request = unrecorded.poll()) {
      lookers.get(request.door()).take(request);
    }
  }

  private void look(Request request) {
    try {
      lookAt(request);
    } catch (RuntimeException | Error e) {
      LOG.errorf("what became of a request cannot be recorded: %s", FailureText.ofCause(e));
      unrecorded.add(request);
    }
  }

  private void lookAt(Request request) {
    try {
      accept(request, doors.of(request).ct(request));
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
      String method = Method.digest(route);
      Job job = accepted(request, input, method);
      CrashPoint.reached("accepted");
      worker.news().accepted(job, request.joined(job));
      whenAccepted.accept(job);
    }
  }

  private Job accepted(Request request, Input input, String method) throws IOException {
    JobStore store = worker.store();
    Optional<Job> fresh = store.acceptNew(request, input, method, this::isFree);
    if (fresh.isPresent()) {
      return fresh.get();
    }
    settle(() -> store.earlier(request.order(), input.sha256(), method));
    return store.accept(request, input, method, this::isFree);
  }

  /**
   * Brings it up to date where an earlier result lies: one that was taken away is no answer, and
   * there may be one that was not.
   */
  private void settle(Supplier<Optional<Job>> earlier) throws IOException {
    Supplier<Optional<Job>> withResult =
        () -> earlier.get().filter(job -> job.resultPlace() != null);
    Optional<Job> job = withResult.get();
    while (job.isPresent()) {
      Optional<String> place = placeNow(job.get());
      if (!place.equals(Optional.of(job.get().resultPlace()))) {
        worker.store().resultLies(job.get().id(), place.orElse(null));
      }
      job = place.isPresent() ? Optional.empty() : withResult.get();
    }
  }

  /** Whether a case's result is there still, as it was recorded. */
  private boolean stands(Job job) {
    try {
      return placeNow(job).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a case's result lies now; nothing if it is not there, or not as it was recorded. */
  private Optional<String> placeNow(Job job) throws IOException {
    try {
      return results
          .find(job.id())
          .filter(there -> there.sha256().equals(job.resultSha256()))
          .map(CaseResult::place);
    } catch (BrokenResultException e) { // another one beside it does no harm
      return Optional.empty();
    }
  }

  private SegmentationRoute opened(String route) throws InputRefusedException {
    try {
      return routes.open(route);
    } catch (IllegalArgumentException e) {
      throw new InputRefusedException(Failure.UNKNOWN_ROUTE, e.getMessage());
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
      requests().lookAgain(request, worker.rules().pauseAfterTrouble(looks));
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
            "The CT, or what results there are, could not be read after %d tries (%s). Look at the disks and their permissions, and try again."
                .formatted(tries, FailureText.withoutNames(e)));
  }

  private void refuse(Request request, Failure why) {
    requests().refuse(request, why).ifPresent(this::told);
  }

  private Request told(Request refused) {
    worker.news().refused(refused);
    whenRefused.run();
    return refused;
  }

  /** Looks at no more CTs, when those that are being looked at have been. */
  @Override
  public void close() {
    lookers.values().forEach(Lookers::stop);
    long end = System.nanoTime() + LAST_PATIENCE.toNanos();
    lookers.values().forEach(own -> own.await(end - System.nanoTime()));
  }
}
