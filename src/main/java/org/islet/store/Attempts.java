package org.islet.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** The statements on attempts at cases: how each begins, gets on and ends. */
final class Attempts {

  /** The end of a lease that begins now, by the database's clock, which all workers share. */
  private static final String LEASE =
      "current_timestamp + cast(:lease as integer) * interval '1' second";

  /** Whether a row is the running attempt of a worker. */
  private static final String OWN =
      "id = :id and attempt = :attempt and worker = :worker and state = 'running'";

  /** Whether it is to be gone on with, too. */
  private static final String OWN_AND_WANTED = OWN + " and not called_off";

  private Attempts() {}

  static Optional<Job> begin(Handle h, Job job, String worker, Duration lease) {
    int begun =
        h.createUpdate(
                "update job set state = 'running', attempt = attempt + 1, tries = tries + 1, worker = :worker,"
                    + " lease_until = "
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
            "insert into attempt (job_id, number, worker, began_at, outcome) values (:id, :number, :worker, :now,"
                + " 'running')")
        .bind("id", job.id())
        .bind("number", job.attempt() + 1)
        .bind("worker", worker)
        .bind("now", Instant.now())
        .execute();
    return Jobs.find(h, job.id());
  }

  private static <S extends SqlStatement<S>> S bindOwn(S statement, Job job) {
    return statement
        .bind("id", job.id())
        .bind("attempt", job.attempt())
        .bind("worker", job.worker());
  }

  static Optional<Job> progress(Handle h, Job job, String stage, int ended, int stages) {
    Update update =
        h.createUpdate(
                "update job set stage = :stage, stages_ended = :ended, stages = :stages where "
                    + OWN)
            .bind("stage", stage)
            .bind("ended", ended)
            .bind("stages", stages);
    return bindOwn(update, job).execute() == 1 ? Jobs.find(h, job.id()) : Optional.empty();
  }

  static boolean hold(Handle h, Job job, Duration lease) {
    return isHeld(h, job, lease.dividedBy(2)) || extend(h, job, lease);
  }

  /** Whether a lease lasts for a while yet, so that nothing need be written. */
  private static boolean isHeld(Handle h, Job job, Duration yet) {
    Query query =
        h.createQuery("select 1 from job where lease_until > " + LEASE + " and " + OWN)
            .bind("lease", yet.toSeconds());
    return bindOwn(query, job).mapTo(Integer.class).findOne().isPresent();
  }

  private static boolean extend(Handle h, Job job, Duration lease) {
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
                "update job set state = :state, ended_at = :now, handed = null, method = :method, result_place = :place,"
                    + " result_sha256 = :sha256, report = :report, code = null, sentence = null, failed_stage ="
                    + " null, lease_until = null where "
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
    Requests.caseEnded(h, job.id());
    return Jobs.find(h, job.id());
  }

  static Optional<Job> end(Handle h, Job job, JobState state, Failure failure, String stages) {
    Update update =
        h.createUpdate(
                "update job set state = :state, ended_at = :now, handed = null, code = :code, sentence = :sentence,"
                    + " failed_stage = :failedStage, lease_until = null where "
                    + OWN)
            .bind("state", state.word())
            .bind("now", Instant.now());
    if (bindOwn(bind(update, failure), job).execute() == 0) {
      return Optional.empty();
    }
    endAttempt(h, job, state.word(), failure, stages);
    Requests.caseEnded(h, job.id());
    return Jobs.find(h, job.id());
  }

  static Optional<Job> retry(
      Handle h, Job job, Failure failure, Instant notBefore, String outcome, String stages) {
    Update update =
        h.createUpdate(
                "update job set state = 'accepted', not_before = :notBefore, code = :code, sentence = :sentence,"
                    + " failed_stage = :failedStage, lease_until = null where "
                    + OWN_AND_WANTED)
            .bind("notBefore", notBefore);
    if (bindOwn(bind(update, failure), job).execute() == 0) {
      return Optional.empty();
    }
    endAttempt(h, job, outcome, failure, stages);
    return Jobs.find(h, job.id());
  }

  static Optional<Job> handOn(Handle h, Job job, String pool, String handed, String stages) {
    Update update =
        h.createUpdate(
                "update job set state = 'accepted', pool = :pool, handed = :handed, tries = tries - 1,"
                    + " not_before = :now, code = null, sentence = null, failed_stage = null,"
                    + " lease_until = null where "
                    + OWN_AND_WANTED)
            .bind("pool", pool)
            .bind("handed", handed)
            .bind("now", Instant.now());
    if (bindOwn(update, job).execute() == 0) {
      return Optional.empty();
    }
    endAttempt(h, job, "handed-on", null, stages);
    return Jobs.find(h, job.id());
  }

  /** Lets a case that was retried begin from its CT again. */
  static void startOver(Handle h, String id) {
    h.createUpdate(
            "update job set pool = 'start', handed = null where id = :id and state = 'accepted'")
        .bind("id", id)
        .execute();
  }

  static boolean putBack(Handle h, Job job) {
    Update update =
        h.createUpdate(
            "update job set state = 'accepted', tries = tries - 1, lease_until = null where "
                + OWN_AND_WANTED);
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
                "update attempt set ended_at = :now, outcome = :outcome, last_stage = (select stage from job where"
                    + " id = :id), code = :code, sentence = :sentence,"
                    + " failed_stage = :failedStage, stages = :stages where job_id = :id and number = :number")
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
            "select j.*, lease_until < current_timestamp as expired from job j where state = 'running'")
        .map((row, context) -> new Running(Rows.job(row), row.getBoolean("expired")))
        .list();
  }

  static List<Attempt> attempts(Handle h, String id) {
    return h.createQuery("select * from attempt where job_id = :id order by number")
        .bind("id", id)
        .mapTo(Attempt.class)
        .list();
  }
}
