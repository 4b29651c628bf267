package org.islet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.jdbi.v3.core.statement.Update;

/** The statements on cases and their attempts. */
final class Jobs {

  private static final String LIVE = "('accepted', 'running')";

  /** The end of a lease that begins now, by the database's clock, which all workers share. */
  private static final String LEASE =
      "current_timestamp + cast(:lease as integer) * interval '1' second";

  /** Whether a row is the running attempt of a worker. */
  private static final String OWN =
      "id = :id and attempt = :attempt and worker = :worker and state = 'running'";

  /** Whether a case was asked for by one of some doors; one that nobody asks for is everybody's. */
  private static final String BY_DOORS =
      "(exists (select 1 from request r where r.job_id = job.id and r.door in (<doors>))"
          + " or not exists (select 1 from request r where r.job_id = job.id))";

  private Jobs() {}

  static Optional<Job> find(Handle h, String id) {
    return h.createQuery("select * from job where id = :id")
        .bind("id", id)
        .mapTo(Job.class)
        .findOne();
  }

  /** A case that nobody else changes before the transaction ends. */
  static Optional<Job> held(Handle h, String id) {
    return h.createQuery("select * from job where id = :id for update")
        .bind("id", id)
        .mapTo(Job.class)
        .findOne();
  }

  /** The case of a CT and a route that is under way, or else the latest. */
  static Optional<Job> latest(Handle h, String sha256, String route) {
    return h.createQuery(
            "select * from job where input_sha256 = :sha256 and route = :route order by case when"
                + " state in "
                + LIVE
                + " then 0 else 1 end, accepted_at desc, id desc limit 1 for update")
        .bind("sha256", sha256)
        .bind("route", route)
        .mapTo(Job.class)
        .findOne();
  }

  static Job take(
      Handle h, Optional<Job> earlier, Order order, Input input, String method, String freeId) {
    if (earlier.isPresent()) {
      Job job = earlier.get();
      boolean ended = job.state().isEnded();
      if (ended && !job.state().hasResult()) {
        return reopen(h, job, order, false);
      }
      if (!order.force()
          && (!ended || (method.equals(job.method()) && job.resultPlace() != null))) {
        return hurried(h, job, order);
      }
    }
    return insert(h, order, input, freeId);
  }

  /** The case as whoever wants it sooner, and whoever would wait for it longer. */
  private static Job hurried(Handle h, Job job, Order order) {
    Instant own = job.order().deadline();
    Instant other = order.deadline();
    boolean forEver = own == null || other == null;
    Instant later = forEver ? null : own.isAfter(other) ? own : other;
    Priority sooner =
        order.priority().compareTo(job.order().priority()) < 0
            ? order.priority()
            : job.order().priority();
    h.createUpdate("update job set priority = :priority, deadline = :deadline where id = :id")
        .bind("priority", sooner.rank())
        .bind("deadline", later)
        .bind("id", job.id())
        .execute();
    return job;
  }

  private static Job reopen(Handle h, Job job, Order order, boolean untold) {
    h.createUpdate(
            "update job set state = 'accepted', priority = :priority, deadline = :deadline,"
                + " accepted_at = :now, not_before = :now, ended_at = null, tries = 0, called_off ="
                + " false, untold = :untold where id = :id")
        .bind("untold", untold)
        .bind("priority", order.priority().rank())
        .bind("deadline", order.deadline())
        .bind("now", Instant.now())
        .bind("id", job.id())
        .execute();
    return find(h, job.id()).orElseThrow();
  }

  /** A name that no case of a CT has. */
  static String freeId(Handle h, Input input, Predicate<String> free) {
    return CaseId.free(input.sha256(), name -> find(h, name).isEmpty() && free.test(name));
  }

  private static Job insert(Handle h, Order order, Input input, String id) {
    h.createUpdate(
            "insert into job (id, input_sha256, input_bytes, voxels, heap_bytes, route, priority,"
                + " deadline, state, accepted_at, not_before, tries, attempt, stages_ended, stages,"
                + " called_off, untold) values (:id, :sha256, :bytes, :voxels, :heap, :route,"
                + " :priority, :deadline, 'accepted', :now, :now, 0, 0, 0, 0, false, false)")
        .bind("id", id)
        .bind("sha256", input.sha256())
        .bind("bytes", input.bytes())
        .bind("voxels", input.voxels())
        .bind("heap", input.heapBytes())
        .bind("route", order.route())
        .bind("priority", order.priority().rank())
        .bind("deadline", order.deadline())
        .bind("now", Instant.now())
        .execute();
    return find(h, id).orElseThrow();
  }

  static Optional<Job> next(Handle h, Set<String> doors, boolean offPeak) {
    return h.createQuery(
            "select * from job where state = 'accepted' and not untold and not_before <= :now and"
                + " priority <= :last and "
                + BY_DOORS
                + " order by priority, accepted_at, id limit 1")
        .bindList(EmptyHandling.NULL_KEYWORD, "doors", List.copyOf(doors))
        .bind("now", Instant.now())
        .bind("last", (offPeak ? Priority.OFF_PEAK : Priority.ROUTINE).rank())
        .mapTo(Job.class)
        .findOne();
  }

  static Optional<Job> begin(Handle h, Job job, String worker, Duration lease) {
    int begun =
        h.createUpdate(
                "update job set state = 'running', attempt = attempt + 1, tries = tries + 1, worker"
                    + " = :worker, lease_until = "
                    + LEASE
                    + ", started_at = :now, stage = null, stages_ended = 0, stages = 0 where id ="
                    + " :id and attempt = :attempt and state = 'accepted' and not untold")
            .bind("worker", worker)
            .bind("lease", lease.toSeconds())
            .bind("now", Instant.now())
            .bind("id", job.id())
            .bind("attempt", job.attempt())
            .execute();
    if (begun == 0) {
      return Optional.empty();
    }
    h.createUpdate(
            "insert into attempt (job_id, number, worker, began_at, outcome) values (:id, :number,"
                + " :worker, :now, 'running')")
        .bind("id", job.id())
        .bind("number", job.attempt() + 1)
        .bind("worker", worker)
        .bind("now", Instant.now())
        .execute();
    return find(h, job.id());
  }

  private static Update bindOwn(Update update, Job job) {
    return update.bind("id", job.id()).bind("attempt", job.attempt()).bind("worker", job.worker());
  }

  static Optional<Job> progress(Handle h, Job job, String stage, int ended, int stages) {
    Update update =
        h.createUpdate(
                "update job set stage = :stage, stages_ended = :ended, stages = :stages where "
                    + OWN)
            .bind("stage", stage)
            .bind("ended", ended)
            .bind("stages", stages);
    return bindOwn(update, job).execute() == 1 ? find(h, job.id()) : Optional.empty();
  }

  static boolean hold(Handle h, Job job, Duration lease) {
    Update update =
        h.createUpdate("update job set lease_until = " + LEASE + " where " + OWN)
            .bind("lease", lease.toSeconds());
    return bindOwn(update, job).execute() == 1;
  }

  static void renew(Handle h, String worker, Duration lease) {
    h.createUpdate(
            "update job set lease_until = "
                + LEASE
                + " where worker = :worker and state = 'running'")
        .bind("lease", lease.toSeconds())
        .bind("worker", worker)
        .execute();
  }

  static Optional<Job> finish(Handle h, Job job, JobStore.Ending ending) {
    Update update =
        h.createUpdate(
                "update job set state = :state, ended_at = :now, method = :method, result_place ="
                    + " :place, result_sha256 = :sha256, report = :report, code = null, sentence ="
                    + " null, failed_stage = null, lease_until = null where "
                    + OWN)
            .bind("state", ending.state().word())
            .bind("now", Instant.now())
            .bind("method", ending.method())
            .bind("place", ending.place())
            .bind("sha256", ending.sha256())
            .bind("report", ending.report());
    if (bindOwn(update, job).execute() == 0) {
      return Optional.empty();
    }
    endAttempt(h, job, ending.state().word(), null, ending.stages());
    return find(h, job.id());
  }

  static Optional<Job> end(Handle h, Job job, JobState state, Failure failure, String stages) {
    Update update =
        h.createUpdate(
                "update job set state = :state, ended_at = :now, code = :code, sentence ="
                    + " :sentence, failed_stage = :failedStage, lease_until = null where "
                    + OWN)
            .bind("state", state.word())
            .bind("now", Instant.now());
    if (bindOwn(bind(update, failure), job).execute() == 0) {
      return Optional.empty();
    }
    endAttempt(h, job, state.word(), failure, stages);
    return find(h, job.id());
  }

  static Optional<Job> retry(
      Handle h, Job job, Failure failure, Instant notBefore, String outcome, String stages) {
    Update update =
        h.createUpdate(
                "update job set state = 'accepted', not_before = :notBefore, code = :code, sentence"
                    + " = :sentence, failed_stage = :failedStage, lease_until = null where "
                    + OWN)
            .bind("notBefore", notBefore);
    if (bindOwn(bind(update, failure), job).execute() == 0) {
      return Optional.empty();
    }
    endAttempt(h, job, outcome, failure, stages);
    return find(h, job.id());
  }

  static boolean putBack(Handle h, Job job) {
    Update update =
        h.createUpdate(
            "update job set state = 'accepted', tries = tries - 1, lease_until = null where "
                + OWN);
    boolean own = bindOwn(update, job).execute() == 1;
    if (own) {
      endAttempt(h, job, "put-back", null, null);
    }
    return own;
  }

  private static Update bind(Update update, Failure failure) {
    return update
        .bind("code", failure.code())
        .bind("sentence", failure.sentence())
        .bind("failedStage", failure.stage());
  }

  private static void endAttempt(
      Handle h, Job job, String outcome, Failure failure, String stages) {
    Update update =
        h.createUpdate(
                "update attempt set ended_at = :now, outcome = :outcome, code = :code, sentence ="
                    + " :sentence, failed_stage = :failedStage, stages = :stages where job_id = :id"
                    + " and number = :number")
            .bind("now", Instant.now())
            .bind("outcome", outcome)
            .bind("stages", stages)
            .bind("id", job.id())
            .bind("number", job.attempt());
    bind(update, failure == null ? new Failure(null, null) : failure).execute();
  }

  /** A running case, and whether its worker's lease has run out. */
  record Running(Job job, boolean expired) {}

  static List<Running> running(Handle h) {
    return h.createQuery(
            "select j.*, lease_until < current_timestamp as expired from job j where state ="
                + " 'running'")
        .map((row, context) -> new Running(Rows.job(row), row.getBoolean("expired")))
        .list();
  }

  static List<Attempt> attempts(Handle h, String id) {
    return h.createQuery("select * from attempt where job_id = :id order by number")
        .bind("id", id)
        .mapTo(Attempt.class)
        .list();
  }

  static List<Job> list(Handle h, int mostEnded) {
    List<Job> jobs =
        new ArrayList<>(
            h.createQuery(
                    "select * from job where state in "
                        + LIVE
                        + " order by case when state = 'running' then 0 else 1 end, priority,"
                        + " accepted_at, id")
                .mapTo(Job.class)
                .list());
    jobs.addAll(
        h.createQuery(
                "select * from job where state not in "
                    + LIVE
                    + " order by ended_at desc, id limit :most")
            .bind("most", mostEnded)
            .mapTo(Job.class)
            .list());
    return jobs;
  }

  static long count(Handle h, JobState state) {
    return h.createQuery("select count(*) from job where state = :state")
        .bind("state", state.word())
        .mapTo(Long.class)
        .one();
  }

  static Map<JobState, Map<Priority, Long>> counts(Handle h) {
    Map<JobState, Map<Priority, Long>> counts = new EnumMap<>(JobState.class);
    h.createQuery("select state, priority, count(*) as cases from job group by state, priority")
        .map(
            (row, context) ->
                counts
                    .computeIfAbsent(
                        JobState.of(row.getString("state")), s -> new EnumMap<>(Priority.class))
                    .put(Priority.ofRank(row.getInt("priority")), row.getLong("cases")))
        .list();
    return counts;
  }

  static List<Pace> paces(Handle h, int most) {
    return h.createQuery(
            "select route, voxels, started_at, ended_at from job where state in ('done', 'empty')"
                + " and voxels > 0 order by ended_at desc limit :most")
        .bind("most", most)
        .map(
            (row, context) ->
                new Pace(
                    row.getString("route"),
                    row.getLong("voxels"),
                    Duration.between(Rows.instant(row, "started_at"), Rows.instant(row, "ended_at"))
                            .toMillis()
                        / 1e3))
        .list();
  }

  static List<Job> failed(Handle h) {
    return h.createQuery("select * from job where state = 'failed' order by ended_at, id")
        .mapTo(Job.class)
        .list();
  }

  static boolean redrive(Handle h, String id) {
    Optional<Job> job = find(h, id).filter(j -> j.state().isEnded() && !j.state().hasResult());
    job.ifPresent(
        j -> {
          reopen(h, j, withoutDeadline(j.order()), true);
          h.createUpdate("update request set " + Requests.ANOTHER_ROUND + " where job_id = :id")
              .bind("id", id)
              .execute();
        });
    return job.isPresent();
  }

  private static Order withoutDeadline(Order order) {
    return new Order(order.route(), order.priority(), null, order.force(), order.sha256());
  }

  static boolean callOff(Handle h, String id) {
    int waiting =
        h.createUpdate(
                "update job set state = 'cancelled', called_off = true, untold = true, ended_at ="
                    + " :now, code = 'called-off', sentence = 'The case was called off before it"
                    + " began.', failed_stage = null where id = :id and state = 'accepted'")
            .bind("now", Instant.now())
            .bind("id", id)
            .execute();
    int running =
        h.createUpdate("update job set called_off = true where id = :id and state = 'running'")
            .bind("id", id)
            .execute();
    return waiting + running > 0;
  }

  static List<Job> takeUntold(Handle h, Set<String> doors) {
    return h
        .createQuery("select * from job where untold and " + BY_DOORS + " order by accepted_at, id")
        .bindList(EmptyHandling.NULL_KEYWORD, "doors", List.copyOf(doors))
        .mapTo(Job.class)
        .list()
        .stream()
        .filter(job -> isTold(h, job))
        .toList();
  }

  /** Takes it down that a case is told of as it stands; false if it is no longer so. */
  private static boolean isTold(Handle h, Job job) {
    return h.createUpdate(
                "update job set untold = false where id = :id and state = :state and untold")
            .bind("id", job.id())
            .bind("state", job.state().word())
            .execute()
        == 1;
  }

  static void resultGone(Handle h, String id) {
    h.createUpdate("update job set result_place = null where id = :id").bind("id", id).execute();
  }
}
