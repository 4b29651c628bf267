package org.islet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The record of every case, and with it those of requests and doors. Each method is one
 * transaction; what it changed is durable when it returns, unless it says otherwise. Only the
 * worker of a case's latest attempt can say how it gets on: whoever comes late, after its lease ran
 * out and another took over, is told so.
 *
 * <p>Every method throws a {@link StoreException} if the database cannot be asked.
 */
public final class JobStore {

  private final Database database;
  private final Jdbi jdbi;
  private final RequestStore requests;
  private final Listing listing;
  private final Pauses pauses;

  public JobStore(Database database) {
    this.database = database;
    this.jdbi = Sql.jdbi(database.source());
    this.requests = new RequestStore(database, jdbi);
    this.listing = new Listing(jdbi);
    this.pauses = new Pauses(database, jdbi);
  }

  /** Who asked for cases. */
  public RequestStore requests() {
    return requests;
  }

  /** What people ask. */
  public Listing listing() {
    return listing;
  }

  /** The doors that are shut. */
  public Pauses pauses() {
    return pauses;
  }

  /**
   * Gives a request its case: the one that is under way with the same CT by the same route, or the
   * one that has a result made by the same method; else one that failed before, which is tried
   * again; else a new one. A request that has its case already, since another was quicker, keeps
   * it. What a power failure undoes of this is done again, as the request stands.
   *
   * @param method the digest of the route and its models as they are now
   * @param free whether an id is not taken by a result that no record tells of
   */
  public Job accept(Request request, Input input, String method, Predicate<String> free) {
    Optional<Job> accepted = accepted(request, input, method, free, earlier -> true);
    return accepted.orElseThrow();
  }

  /**
   * As {@link #accept}, unless an earlier case has a result.
   *
   * @return nothing if there is one; then nothing is done
   */
  public Optional<Job> acceptNew(
      Request request, Input input, String method, Predicate<String> free) {
    return accepted(request, input, method, free, earlier -> earlier.resultPlace() == null);
  }

  /**
   * @param agrees whether the request may be given its case in view of the earlier one
   */
  private Optional<Job> accepted(
      Request request, Input input, String method, Predicate<String> free, Predicate<Job> agrees) {
    return new Outside<>(free)
        .ask(CaseId.of(input.sha256()))
        .in(known -> Sql.in(jdbi, h -> taken(h, request, input, method, known, agrees)));
  }

  private static Optional<Job> taken(
      Handle h,
      Request request,
      Input input,
      String method,
      Predicate<String> free,
      Predicate<Job> agrees) {
    Optional<Job> own = Requests.caseIdOf(h, request.id()).flatMap(id -> Jobs.find(h, id));
    if (own.isPresent()) {
      return own;
    }
    // Before the look at what there is: what comes in between then breaks the key's rule.
    String freeId = Jobs.freeId(h, input, free);
    Optional<Job> earlier = Jobs.earlier(h, request.order(), input.sha256(), method);
    if (earlier.isPresent() && !agrees.test(earlier.get())) {
      return Optional.empty();
    }
    Job taken = Jobs.take(h, earlier, request.order(), input, method, freeId);
    Requests.join(h, request.id(), taken);
    return Optional.of(taken);
  }

  /**
   * The case that {@link #accept} would look at: of those with the same CT and route the one that
   * is under way, or else, unless the order is forced, the latest with a result made by the same
   * method, or else the latest.
   */
  public Optional<Job> earlier(Order order, String sha256, String method) {
    return Sql.in(jdbi, h -> Jobs.earlier(h, order, sha256, method));
  }

  /**
   * Begins the case whose turn it is, if there is one. Workers that ask at the same time get
   * different ones.
   *
   * @param mayBegin asked in the transaction; if it says no, nothing is begun
   * @return the case with its new attempt
   */
  public Optional<Job> beginNext(
      Wanted wanted, String worker, Duration lease, Predicate<Job> mayBegin) {
    return Sql.in(
        jdbi,
        h ->
            Jobs.next(h, wanted)
                .filter(mayBegin)
                .flatMap(job -> Attempts.begin(h, job, worker, lease)));
  }

  /**
   * Says how far a case is. This alone need not survive a power failure.
   *
   * @return how the case stands now; nothing if it is no longer this attempt's
   */
  public Optional<Job> progress(Job job, String stage, int ended, int stages) {
    return Sql.in(jdbi, h -> Attempts.progress(h, job, stage, ended, stages));
  }

  /**
   * Makes sure that a case is still this attempt's, and will be for half the time of a lease.
   *
   * @return false if it is not
   */
  public boolean hold(Job job, Duration lease) {
    return Sql.in(jdbi, h -> Attempts.hold(h, job, lease));
  }

  /** Goes on holding all cases of a worker. */
  public void renew(String worker, Duration lease) {
    Sql.run(jdbi, h -> Attempts.renew(h, worker, lease));
  }

  /**
   * How an attempt ended well.
   *
   * @param state {@link JobState#DONE} or {@link JobState#EMPTY}
   * @param method the digest of the route and the models
   * @param place where the result is
   * @param sha256 the digest of its manifest, in hexadecimal
   * @param report what is in {@code result.json}
   * @param stages the stages that ended, as JSON
   */
  public record Ending(
      JobState state, String method, String place, String sha256, String report, String stages) {}

  /**
   * Records a case's result.
   *
   * @return the case; nothing if it was no longer this attempt's
   */
  public Optional<Job> finish(Job job, Ending ending) {
    return Sql.durably(database, jdbi, h -> Attempts.finish(h, job, ending));
  }

  /** Records that a case has no result. Nothing if it was no longer this attempt's. */
  public Optional<Job> fail(Job job, Failure failure, String stages) {
    return Sql.durably(
        database, jdbi, h -> Attempts.end(h, job, JobState.FAILED, failure.cut(), stages));
  }

  /** Records that a case was called off. Nothing if it was no longer this attempt's. */
  public Optional<Job> cancel(Job job, Failure why, String stages) {
    return Sql.durably(
        database, jdbi, h -> Attempts.end(h, job, JobState.CANCELLED, why.cut(), stages));
  }

  /**
   * Lets a case be begun again after a pause.
   *
   * @param outcome of the attempt: {@code failed}, or {@code lost} if its worker went away
   * @return nothing if it was no longer this attempt's, or was called off
   */
  public Optional<Job> retry(
      Job job, Failure failure, Duration pause, String outcome, String stages) {
    Instant after = Instant.now().plus(pause);
    return Sql.in(jdbi, h -> Attempts.retry(h, job, failure.cut(), after, outcome, stages));
  }

  /**
   * Hands a case to the workers of another pool; for them it waits for its turn as those that
   * begin.
   *
   * @param handed what they go on with, as JSON
   * @param stages the stages that ended in this attempt, as JSON
   * @return nothing if it was no longer this attempt's, or was called off
   */
  public Optional<Job> handOn(Job job, String pool, String handed, String stages) {
    return Sql.durably(database, jdbi, h -> Attempts.handOn(h, job, pool, handed, stages));
  }

  /**
   * Lets a case be begun from its CT again after a pause, since what was handed on is of no use; as
   * {@link #retry} otherwise.
   */
  public Optional<Job> startOver(
      Job job, Failure failure, Duration pause, String outcome, String stages) {
    Instant after = Instant.now().plus(pause);
    return Sql.in(
        jdbi,
        h -> {
          Optional<Job> again = Attempts.retry(h, job, failure.cut(), after, outcome, stages);
          again.ifPresent(j -> Attempts.startOver(h, j.id()));
          return again.flatMap(j -> Jobs.find(h, j.id()));
        });
  }

  /**
   * Puts a case back that did nothing wrong; the attempt does not count.
   *
   * @return false if it was no longer this attempt's, or was called off
   */
  public boolean putBack(Job job) {
    return Sql.durably(database, jdbi, h -> Attempts.putBack(h, job));
  }

  /**
   * Cases that are running though their worker is gone: its lease has run out, or it is known to
   * have ended.
   */
  public List<Job> orphans(Predicate<String> gone) {
    return Sql.in(jdbi, Attempts::running).stream()
        .filter(r -> r.expired() || gone.test(r.job().worker()))
        .map(Attempts.Running::job)
        .toList();
  }

  /** The id of the home that the record's folders lie in; nothing as long as nobody said so. */
  public Optional<String> home() {
    return Sql.in(jdbi, JobStore::home);
  }

  /** Says in which home the record's folders lie, unless somebody did before; gives what holds. */
  public String home(String id) {
    return Sql.in(
        jdbi,
        h ->
            home(h)
                .orElseGet(
                    () -> {
                      h.createUpdate("insert into home (one, id) values (1, :id)")
                          .bind("id", id)
                          .execute();
                      return id;
                    }));
  }

  private static Optional<String> home(Handle h) {
    return h.createQuery("select id from home").mapTo(String.class).findOne();
  }

  /** A case. */
  public Optional<Job> find(String caseId) {
    return Sql.in(jdbi, h -> Jobs.find(h, caseId));
  }

  /** The attempts of a case, in order. */
  public List<Attempt> attempts(String caseId) {
    return Sql.in(jdbi, h -> Attempts.attempts(h, caseId));
  }

  /**
   * Lets a case that failed or was called off be tried again. It waits until {@link #takeUntold}
   * has given it out.
   *
   * @return false if it is neither
   */
  public boolean redrive(String caseId) {
    return Sql.durably(database, jdbi, h -> Jobs.redrive(h, caseId));
  }

  /**
   * Calls a case off: at once if it waits, and {@link #takeUntold} gives it out then; at the end of
   * the stage if it is running.
   *
   * @return false if it has ended, or there is none
   */
  public boolean callOff(String caseId) {
    return Sql.durably(database, jdbi, h -> Jobs.callOff(h, caseId));
  }

  /**
   * Cases that were redriven, or called off while they waited, by somebody who cannot tell of it as
   * a worker can. Each is given out once, to whoever tells; what was changed again meanwhile, as it
   * stands now.
   *
   * @param doors those by which a worker gives answers; cases that came by others are not its own
   */
  public List<Job> takeUntold(Set<String> doors) {
    return Sql.in(jdbi, h -> Jobs.takeUntold(h, doors));
  }

  /**
   * Says where a case's result lies now.
   *
   * @param place null if it is not there any more, so that the same CT is segmented again
   */
  public void resultLies(String caseId, String place) {
    Sql.runDurably(database, jdbi, h -> Jobs.resultLies(h, caseId, place));
  }

  /**
   * Forgets where a result is that is about to be cleared away.
   *
   * @return false if it must stay: its case is under way, or somebody waits for the answer
   */
  public boolean releaseResult(String caseId) {
    boolean released =
        Sql.durably(
            database,
            jdbi,
            h -> {
              boolean free =
                  Jobs.held(h, caseId).map(job -> job.state().isEnded()).orElse(true)
                      && Requests.ofCase(h, caseId).stream().allMatch(r -> r.answeredAt() != null);
              if (free) {
                Jobs.resultLies(h, caseId, null);
              }
              return free;
            });
    return released;
  }
}
