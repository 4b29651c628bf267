package org.islet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The record of requests: taken down, looked at, answered. Each method is one transaction; what it
 * changed is durable when it returns if somebody outside may rely on it.
 *
 * <p>Every method throws a {@link StoreException} if the database cannot be asked.
 */
public final class RequestStore {

  private final Database database;
  private final Jdbi jdbi;

  RequestStore(Database database, Jdbi jdbi) {
    this.database = database;
    this.jdbi = jdbi;
  }

  /**
   * Takes a request down. One that was taken down before, by its key, is not taken down again: if
   * it was served it is answered again, if it failed, or its result is gone, it is tried again.
   *
   * @param worker who is going to look at it; null for anybody
   * @param patience after which another worker may look
   * @param stands whether the result of a case that was served is there still
   * @throws UnstorableException if it holds what can never be taken down
   * @throws KeyReusedException if the key was used for another request, which was served or waits
   */
  public Request receive(Incoming incoming, String worker, Duration patience, Predicate<Job> stands)
      throws KeyReusedException {
    Instant until = Instant.now().plus(patience);
    Optional<Request> request =
        new Outside<>(stands)
            .in(
                known ->
                    Sql.durably(database, jdbi, h -> received(h, incoming, worker, until, known)));
    return request.orElseThrow(KeyReusedException::new);
  }

  private static Optional<Request> received(
      Handle h, Incoming incoming, String worker, Instant until, Predicate<Job> stands) {
    Optional<Request> earlier = Requests.byKey(h, incoming.door(), incoming.key());
    return earlier.isPresent()
        ? Requests.again(h, earlier.get(), incoming, worker, until, stands)
        : Optional.of(Requests.insert(h, incoming, worker, until));
  }

  /**
   * Takes a request down that cannot become a case, and why; so it is never looked at.
   *
   * @param worker who received it
   * @throws KeyReusedException as {@link #receive}
   */
  public Request receiveRefused(Incoming incoming, String worker, Failure why)
      throws KeyReusedException {
    Optional<Request> request =
        Sql.durably(
            database,
            jdbi,
            h -> {
              Optional<Request> taken = received(h, incoming, worker, Instant.now(), job -> true);
              taken.ifPresent(t -> Requests.refuse(h, t.id(), why.cut()));
              return taken.map(t -> Requests.byId(h, t.id()));
            });
    return request.orElseThrow(KeyReusedException::new);
  }

  /**
   * Takes it upon a worker to look at the CT of some requests: of those that became no case yet,
   * whose time has come or whose worker is gone.
   *
   * @param door by which they came
   * @param patience after which another worker may look, unless this one says that it {@link
   *     #keepsLooking}
   * @param most how many
   */
  public List<Request> look(
      String door, String worker, Duration patience, Predicate<String> gone, int most) {
    Instant now = Instant.now();
    return Sql.in(
        jdbi,
        h ->
            Requests.unseen(h, door, most).stream()
                .filter(
                    u ->
                        !u.lookAfter().isAfter(now)
                            || (u.worker() != null && gone.test(u.worker())))
                .map(Requests.Unseen::request)
                .peek(request -> Requests.take(h, request.id(), worker, now.plus(patience)))
                .toList());
  }

  /** Goes on looking at the CTs of the requests that a worker has in hand, if they are its own. */
  public void keepsLooking(String worker, Set<UUID> inHand, Duration patience) {
    Instant until = Instant.now().plus(patience);
    if (!inHand.isEmpty()) {
      Sql.run(jdbi, h -> Requests.keepsLooking(h, worker, inHand, until));
    }
  }

  /** Leaves a request to whoever has room to look at it. */
  public void release(Request request) {
    Sql.run(jdbi, h -> Requests.release(h, request.id()));
  }

  /** Says that a request could not be looked at now; it will be once more after a while. */
  public void lookAgain(Request request, Duration pause) {
    Sql.run(jdbi, h -> Requests.lookAgain(h, request.id(), Instant.now().plus(pause)));
  }

  /**
   * Says that a request became no case, and why.
   *
   * @return nothing if another worker has looked at it meanwhile, and said what became of it
   */
  public Optional<Request> refuse(Request request, Failure why) {
    return refused(request, h -> Requests.refuse(h, request.id(), why.cut()));
  }

  /**
   * Takes a request out of its case and refuses it, if others who wait ask for the case too.
   *
   * @return the request as it is now; nothing if it stays in its case
   */
  public Optional<Request> leave(Request request, Failure why) {
    return refused(request, h -> Requests.leave(h, request.id(), request.caseId(), why.cut()));
  }

  private Optional<Request> refused(Request request, Predicate<Handle> refuse) {
    Optional<Request> refused =
        Sql.durably(
            database,
            jdbi,
            h -> refuse.test(h) ? Optional.of(Requests.byId(h, request.id())) : Optional.empty());
    return refused;
  }

  /**
   * Requests that wait for their answer, oldest first: their case has ended and that was told of,
   * or they became none.
   *
   * @param door by which they came
   * @param worker gets those that it received itself, and those that wait for longer than {@code
   *     patience} or whose receiver is gone
   * @param most how many
   */
  public List<Request> unanswered(
      String door, String worker, Duration patience, Predicate<String> gone, int most) {
    Instant late = Instant.now().minus(patience);
    return Sql.in(jdbi, h -> Requests.unanswered(h, door, Instant.now(), most)).stream()
        .filter(
            u ->
                u.worker() == null
                    || u.worker().equals(worker)
                    || u.since().isBefore(late)
                    || gone.test(u.worker()))
        .map(Requests.Unanswered::request)
        .toList();
  }

  /** Says that a request could not be answered now; it will be after a while. */
  public void answerLater(Request request, Duration pause) {
    Sql.run(jdbi, h -> Requests.answerLater(h, request, Instant.now().plus(pause)));
  }

  /** Says that a request was answered. */
  public void answered(Request request) {
    Sql.run(jdbi, h -> Requests.answered(h, request));
  }

  /** A request as it stands now. */
  public Request request(UUID id) {
    return Sql.in(jdbi, h -> Requests.byId(h, id));
  }

  /** Who asked for a case, oldest first. */
  public List<Request> requestsOf(String caseId) {
    return Sql.in(jdbi, h -> Requests.ofCase(h, caseId));
  }

  /** The requests of a door that were not answered. */
  public List<Request> openRequests(String door) {
    return Sql.in(jdbi, h -> Requests.open(h, door));
  }

  /** The keys of a door's requests that were not answered. */
  public List<String> openKeys(String door) {
    return Sql.in(jdbi, h -> Requests.openKeys(h, door));
  }
}
