package org.islet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The record of every case and request. Each method is one transaction; what it changed is durable
 * when it returns, unless it says otherwise. Only the worker of a case's latest attempt can say how
 * it gets on: whoever comes late, after its lease ran out and another took over, is told so.
 *
 * <p>Every method throws a {@link StoreException} if the database cannot be asked.
 */
public final class JobStore {

  private static final int LONGEST_SENTENCE = 4000;

  private final Database database;
  private final Jdbi jdbi;

  public JobStore(Database database) {
    this.database = database;
    this.jdbi = Jdbi.create(database.source());
    Rows.registerIn(jdbi);
  }

  // ---------------------------------------------------------------- requests

  /**
   * Takes a request down. One that was taken down before, by its key, is not taken down again: if
   * it was served it is answered again, if it failed it is tried again.
   *
   * @param worker who is going to look at it
   * @param patience after which another worker may look
   * @throws UnstorableException if it holds what can never be taken down
   * @throws KeyReusedException if the key was used for another request, which was served or waits
   */
  public Request receive(Incoming incoming, String worker, Duration patience)
      throws KeyReusedException {
    Instant until = Instant.now().plus(patience);
    Optional<Request> request = Sql.in(jdbi, h -> received(h, incoming, worker, until));
    database.sync();
    return request.orElseThrow(KeyReusedException::new);
  }

  private static Optional<Request> received(
      Handle h, Incoming incoming, String worker, Instant until) {
    Optional<Request> earlier = Requests.byKey(h, incoming.door(), incoming.key());
    return earlier.isPresent()
        ? Requests.again(h, earlier.get(), incoming, worker, until)
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
        Sql.in(
            jdbi,
            h -> {
              Optional<Request> taken = received(h, incoming, worker, Instant.now());
              taken.ifPresent(t -> Requests.refuse(h, t.id(), cut(why)));
              return taken.map(t -> Requests.byId(h, t.id()));
            });
    database.sync();
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
    return Sql.in(jdbi, h -> Requests.unseen(h, door, most)).stream()
        .filter(u -> !u.lookAfter().isAfter(now) || (u.worker() != null && gone.test(u.worker())))
        .filter(u -> Sql.in(jdbi, h -> Requests.take(h, u, worker, now.plus(patience))))
        .map(Requests.Unseen::request)
        .toList();
  }

  /** Goes on looking at the CTs of all requests that a worker has in hand. */
  public void keepsLooking(String worker, Duration patience) {
    Instant until = Instant.now().plus(patience);
    Sql.run(jdbi, h -> Requests.keepsLooking(h, worker, until));
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
    Optional<Request> refused =
        Sql.in(
            jdbi,
            h ->
                Requests.refuse(h, request.id(), cut(why))
                    ? Optional.of(Requests.byId(h, request.id()))
                    : Optional.empty());
    database.sync();
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

  // ------------------------------------------------------------------- cases

  /**
   * Gives a request its case: the one that is under way with the same CT by the same route, or the
   * one that has a result made by the same method; else one that failed before, which is tried
   * again; else a new one. A request that has its case already, since another was quicker, keeps
   * it.
   *
   * @param method the digest of the route and its models as they are now
   * @param free whether an id is not taken by a result that no record tells of
   */
  public Job accept(Request request, Input input, String method, Predicate<String> free) {
    Job job =
        Sql.in(
            jdbi,
            h -> {
              Optional<Job> own =
                  Requests.caseIdOf(h, request.id()).flatMap(id -> Jobs.find(h, id));
              if (own.isPresent()) {
                return own.get();
              }
              // Before the look at what there is: what comes in between then breaks the key's rule.
              String freeId = Jobs.freeId(h, input, free);
              Optional<Job> earlier = Jobs.latest(h, input.sha256(), request.order().route());
              Job taken = Jobs.take(h, earlier, request.order(), input, method, freeId);
              boolean repeated = taken.state().hasResult();
              Requests.join(h, request.id(), taken.id(), repeated);
              return taken;
            });
    database.sync();
    return job;
  }

  /** The case of a CT and a route that is under way, or else the latest. */
  public Optional<Job> latest(String sha256, String route) {
    return Sql.in(jdbi, h -> Jobs.latest(h, sha256, route));
  }

  /**
   * The case whose turn it is, if one may be begun now.
   *
   * @param doors those by which a worker gets at CTs; cases that came by others are not its own
   * @param offPeak whether those that are to run off peak may
   */
  public Optional<Job> next(Set<String> doors, boolean offPeak) {
    return Sql.in(jdbi, h -> Jobs.next(h, doors, offPeak));
  }

  /**
   * Begins a case.
   *
   * @return the case with its new attempt; nothing if another worker was quicker
   */
  public Optional<Job> begin(Job job, String worker, Duration lease) {
    return Sql.in(jdbi, h -> Jobs.begin(h, job, worker, lease));
  }

  /**
   * Says how far a case is. This alone need not survive a power failure.
   *
   * @return how the case stands now; nothing if it is no longer this attempt's
   */
  public Optional<Job> progress(Job job, String stage, int ended, int stages) {
    return Sql.in(jdbi, h -> Jobs.progress(h, job, stage, ended, stages));
  }

  /**
   * Makes sure that a case is still this attempt's, and will be for the time of a lease.
   *
   * @return false if it is not
   */
  public boolean hold(Job job, Duration lease) {
    return Sql.in(jdbi, h -> Jobs.hold(h, job, lease));
  }

  /** Goes on holding all cases of a worker. */
  public void renew(String worker, Duration lease) {
    Sql.run(jdbi, h -> Jobs.renew(h, worker, lease));
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
    Optional<Job> ended = Sql.in(jdbi, h -> Jobs.finish(h, job, ending));
    database.sync();
    return ended;
  }

  /** Records that a case has no result. Nothing if it was no longer this attempt's. */
  public Optional<Job> fail(Job job, Failure failure, String stages) {
    Optional<Job> ended =
        Sql.in(jdbi, h -> Jobs.end(h, job, JobState.FAILED, cut(failure), stages));
    database.sync();
    return ended;
  }

  /** Records that a case was called off. Nothing if it was no longer this attempt's. */
  public Optional<Job> cancel(Job job, Failure why) {
    Optional<Job> ended = Sql.in(jdbi, h -> Jobs.end(h, job, JobState.CANCELLED, cut(why), null));
    database.sync();
    return ended;
  }

  /**
   * Lets a case be begun again after a pause.
   *
   * @param outcome of the attempt: {@code failed}, or {@code lost} if its worker went away
   * @return nothing if it was no longer this attempt's
   */
  public Optional<Job> retry(
      Job job, Failure failure, Duration pause, String outcome, String stages) {
    Instant after = Instant.now().plus(pause);
    return Sql.in(jdbi, h -> Jobs.retry(h, job, cut(failure), after, outcome, stages));
  }

  /**
   * Puts a case back that did nothing wrong; the attempt does not count.
   *
   * @return false if it was no longer this attempt's
   */
  public boolean putBack(Job job) {
    boolean own = Sql.in(jdbi, h -> Jobs.putBack(h, job));
    database.sync();
    return own;
  }

  /**
   * Cases that are running though their worker is gone: its lease has run out, or it is known to
   * have ended.
   */
  public List<Job> orphans(Predicate<String> gone) {
    return Sql.in(jdbi, Jobs::running).stream()
        .filter(r -> r.expired() || gone.test(r.job().worker()))
        .map(Jobs.Running::job)
        .toList();
  }

  // ------------------------------------------------------------- for people

  /** A case. */
  public Optional<Job> find(String caseId) {
    return Sql.in(jdbi, h -> Jobs.find(h, caseId));
  }

  /** The attempts of a case, in order. */
  public List<Attempt> attempts(String caseId) {
    return Sql.in(jdbi, h -> Jobs.attempts(h, caseId));
  }

  /**
   * Running cases, then those that wait in the order of their turns, then the latest that ended.
   */
  public List<Job> list(int mostEnded) {
    return Sql.in(jdbi, h -> Jobs.list(h, mostEnded));
  }

  /** How many cases are in a state. */
  public long count(JobState state) {
    return Sql.in(jdbi, h -> Jobs.count(h, state));
  }

  /** How many cases are in each state that any is in, by priority. */
  public Map<JobState, Map<Priority, Long>> counts() {
    return Sql.in(jdbi, Jobs::counts);
  }

  /** How long the latest cases took that have a result, latest first. */
  public List<Pace> paces(int most) {
    return Sql.in(jdbi, h -> Jobs.paces(h, most));
  }

  /** The latest requests that became no case, latest first. */
  public List<Request> refused(int most) {
    return Sql.in(jdbi, h -> Requests.refused(h, most));
  }

  /** How many requests were taken down whose CT nobody has looked at yet. */
  public long countUnseen() {
    return Sql.in(jdbi, Requests::countUnseen);
  }

  /** The names of the doors by which any request came. */
  public Set<String> doors() {
    return Sql.in(jdbi, Requests::doors);
  }

  /** The cases that failed, oldest first. */
  public List<Job> failed() {
    return Sql.in(jdbi, Jobs::failed);
  }

  /**
   * Lets a case that failed or was called off be tried again. It waits until {@link #takeUntold}
   * has given it out.
   *
   * @return false if it is neither
   */
  public boolean redrive(String caseId) {
    boolean again = Sql.in(jdbi, h -> Jobs.redrive(h, caseId));
    database.sync();
    return again;
  }

  /**
   * Calls a case off: at once if it waits, and {@link #takeUntold} gives it out then; at the end of
   * the stage if it is running.
   *
   * @return false if it has ended, or there is none
   */
  public boolean callOff(String caseId) {
    boolean off = Sql.in(jdbi, h -> Jobs.callOff(h, caseId));
    database.sync();
    return off;
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

  /** Forgets where results are that were cleared away, so that the same CT is segmented again. */
  public void resultGone(String caseId) {
    Sql.run(jdbi, h -> Jobs.resultGone(h, caseId));
    database.sync();
  }

  /** The doors that an operator has shut, by name. */
  public List<Pause> pauses() {
    return Sql.in(
        jdbi,
        h ->
            h.createQuery("select * from door order by name")
                .map(
                    (row, context) ->
                        new Pause(
                            row.getString("name"),
                            Rows.instant(row, "paused_at"),
                            row.getString("reason")))
                .list());
  }

  /**
   * The same of a result that is about to be cleared away.
   *
   * @return false if it must stay: its case is under way, or somebody waits for the answer
   */
  public boolean releaseResult(String caseId) {
    boolean released =
        Sql.in(
            jdbi,
            h -> {
              boolean free =
                  Jobs.held(h, caseId).map(job -> job.state().isEnded()).orElse(true)
                      && Requests.ofCase(h, caseId).stream().allMatch(r -> r.answeredAt() != null);
              if (free) {
                Jobs.resultGone(h, caseId);
              }
              return free;
            });
    database.sync();
    return released;
  }

  /** Why a door is shut by an operator; nothing if it is not. */
  public Optional<String> pause(String door) {
    return Sql.in(
        jdbi,
        h ->
            h.createQuery("select reason from door where name = :door")
                .bind("door", door)
                .mapTo(String.class)
                .findOne());
  }

  /** Shuts a door, or opens it again where no reason is given. */
  public void setPause(String door, Optional<String> reason) {
    Sql.run(
        jdbi,
        h -> {
          h.createUpdate("delete from door where name = :door").bind("door", door).execute();
          reason.ifPresent(
              why ->
                  h.createUpdate("insert into door values (:door, current_timestamp, :why)")
                      .bind("door", door)
                      .bind("why", why)
                      .execute());
        });
    database.sync();
  }

  /** A reason as the record can keep it: not too long, and without NUL. */
  private static Failure cut(Failure failure) {
    String sentence = failure.sentence().replace("\0", "");
    return new Failure(
        failure.code(),
        sentence.length() <= LONGEST_SENTENCE
            ? sentence
            : sentence.substring(0, LONGEST_SENTENCE - 1) + "…",
        failure.stage());
  }
}
