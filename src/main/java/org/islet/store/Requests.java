package org.islet.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The statements on requests. */
final class Requests {

  /** Whether a row's request became no case yet, and was not refused. */
  private static final String UNSEEN = "job_id is null and code is null";

  /** Asks for an answer once more, when there is one. */
  static final String ANOTHER_ROUND =
      "round = round + 1, answered_at = null, answer_after = null, answer_tries = 0";

  private Requests() {}

  static Request insert(Handle h, Incoming incoming, String worker, Instant until) {
    UUID id = UUID.randomUUID();
    Instant now = Rows.now();
    Update insert =
        h.createUpdate(
                "insert into request (id, door, request_key, route, priority, deadline, force,"
                    + " sha256, input, details, received_at, worker, look_after, looks, round,"
                    + " answer_tries, repeated) values (:id, :door, :key, :route, :priority,"
                    + " :deadline, :force, :sha256, :input, :details, :now, :worker, :until, 0, 0,"
                    + " 0, false)")
            .bind("id", id.toString())
            .bind("door", incoming.door())
            .bind("key", incoming.key())
            .bind("now", now);
    bind(insert, incoming, worker).bind("until", until).execute();
    return new Request(
        id,
        incoming.door(),
        incoming.key(),
        incoming.order(),
        incoming.input(),
        incoming.details(),
        now,
        0,
        0,
        0,
        null,
        false,
        null,
        null);
  }

  private static Update bind(Update update, Incoming incoming, String worker) {
    Order order = incoming.order();
    return update
        .bind("route", order.route())
        .bind("priority", order.priority().rank())
        .bind("deadline", order.deadline())
        .bind("force", order.force())
        .bind("sha256", order.sha256())
        .bind("input", incoming.input())
        .bind("details", incoming.details())
        .bind("worker", worker);
  }

  /**
   * A request that comes again: what was served is answered again, what failed is tried again with
   * what is asked for now.
   *
   * @return nothing if the key was used for something else, which was served or waits
   */
  static Optional<Request> again(
      Handle h,
      Request earlier,
      Incoming incoming,
      String worker,
      Instant until,
      Predicate<Job> stands) {
    Optional<Job> job = Optional.ofNullable(earlier.caseId()).flatMap(id -> Jobs.find(h, id));
    boolean triedAgain =
        earlier.failure() != null
            || job.filter(j -> j.state().isEnded() && !stands(j, stands)).isPresent();
    if (!triedAgain && !asksForTheSame(earlier, incoming)) {
      return Optional.empty();
    }
    String afresh =
        ", job_id = null, repeated = false, code = null, sentence = null, look_after = :until, looks = 0";
    Update update =
        h.createUpdate(
                "update request set route = :route, priority = :priority, deadline = :deadline,"
                    + " force = :force, sha256 = :sha256, input = :input, details = :details,"
                    + " worker = :worker, "
                    + ANOTHER_ROUND
                    + (triedAgain ? afresh : "")
                    + " where id = :id")
            .bind("id", earlier.id().toString());
    if (triedAgain) {
      update.bind("until", until);
    }
    bind(update, incoming, worker).execute();
    if (!triedAgain) {
      job.filter(served -> served.state().hasResult())
          .ifPresent(served -> caseEnded(h, served.id()));
    }
    return Optional.of(byId(h, earlier.id()));
  }

  private static boolean stands(Job job, Predicate<Job> there) {
    return job.state().hasResult() && job.resultPlace() != null && there.test(job);
  }

  private static boolean asksForTheSame(Request earlier, Incoming incoming) {
    return earlier.input().equals(incoming.input())
        && earlier.order().route().equals(incoming.order().route())
        && Objects.equals(earlier.order().sha256(), incoming.order().sha256());
  }

  static Request byId(Handle h, UUID id) {
    return h.createQuery("select * from request where id = :id")
        .bind("id", id.toString())
        .mapTo(Request.class)
        .one();
  }

  /** The case that a request became; nobody else gives it one before the transaction ends. */
  static Optional<String> caseIdOf(Handle h, UUID id) {
    return h.createQuery("select job_id from request where id = :id for update")
        .bind("id", id.toString())
        .map((row, context) -> Optional.ofNullable(row.getString(1)))
        .one();
  }

  static Optional<Request> byKey(Handle h, String door, String key) {
    return h.createQuery(
            "select * from request where door = :door and request_key = :key for update")
        .bind("door", door)
        .bind("key", key)
        .mapTo(Request.class)
        .findOne();
  }

  /** A request that nobody has looked at yet, and who was to look at it last. */
  record Unseen(Request request, String worker, Instant lookAfter) {}

  /**
   * Those of a door, held until the transaction ends; those that another worker holds are left to
   * it.
   */
  static List<Unseen> unseen(Handle h, String door, int most) {
    return h.createQuery(
            "select * from request where door = :door and "
                + UNSEEN
                + " order by look_after limit :most for update skip locked")
        .bind("door", door)
        .bind("most", most)
        .map(
            (row, context) ->
                new Unseen(
                    Rows.request(row), row.getString("worker"), Rows.instant(row, "look_after")))
        .list();
  }

  /** Takes it upon a worker to look at a request. */
  static void take(Handle h, UUID id, String worker, Instant until) {
    h.createUpdate("update request set worker = :worker, look_after = :until where id = :id")
        .bind("worker", worker)
        .bind("until", until)
        .bind("id", id.toString())
        .execute();
  }

  static void keepsLooking(Handle h, String worker, Set<UUID> inHand, Instant until) {
    h.createUpdate(
            "update request set look_after = :until where id in (<ids>) and worker = :worker and "
                + UNSEEN)
        .bindList("ids", inHand.stream().map(UUID::toString).toList())
        .bind("until", until)
        .bind("worker", worker)
        .execute();
  }

  static void lookAgain(Handle h, UUID id, Instant after) {
    h.createUpdate(
            "update request set worker = null, look_after = :after, looks = looks + 1 where id = :id")
        .bind("after", after)
        .bind("id", id.toString())
        .execute();
  }

  /** As if it had just come in; whoever has room looks. */
  static void release(Handle h, UUID id) {
    h.createUpdate(
            "update request set worker = null, look_after = :now where id = :id and " + UNSEEN)
        .bind("now", Instant.now())
        .bind("id", id.toString())
        .execute();
  }

  /** Gives a request its case. One that has ended already is the answer. */
  static void join(Handle h, UUID id, Job job) {
    boolean repeated = job.state().hasResult();
    h.createUpdate(
            "update request set job_id = :job, repeated = :repeated, answer_after = :due where id ="
                + " :id and "
                + UNSEEN)
        .bind("job", job.id())
        .bind("repeated", repeated)
        .bind("due", repeated ? Instant.now() : null)
        .bind("id", id.toString())
        .execute();
  }

  /** From now on the requests for a case can be answered. */
  static void caseEnded(Handle h, String caseId) {
    h.createUpdate(
            "update request set answer_after = :now where job_id = :job and answered_at is null")
        .bind("now", Instant.now())
        .bind("job", caseId)
        .execute();
  }

  /** Refuses a request; false if it is known already what became of it. */
  static boolean refuse(Handle h, UUID id, Failure why) {
    return refusal(h, id, why, UNSEEN).execute() == 1;
  }

  /** Takes a request out of its case, which others ask for too, and refuses it. */
  static boolean leave(Handle h, UUID id, String caseId, Failure why) {
    boolean others =
        h.createQuery(
                    "select count(*) from request where job_id = :job and id <> :id and answered_at is null")
                .bind("job", caseId)
                .bind("id", id.toString())
                .mapTo(Integer.class)
                .one()
            > 0;
    return others
        && refusal(h, id, why, "job_id = :job and answered_at is null")
                .bind("job", caseId)
                .execute()
            == 1;
  }

  private static Update refusal(Handle h, UUID id, Failure why, String condition) {
    return h.createUpdate(
            "update request set job_id = null, code = :code, sentence = :sentence,"
                + " answer_after = :now where id = :id and "
                + condition)
        .bind("now", Instant.now())
        .bind("code", why.code())
        .bind("sentence", why.sentence())
        .bind("id", id.toString());
  }

  /**
   * A request that waits for its answer.
   *
   * @param worker who received it
   * @param since when what it waited for had ended
   */
  record Unanswered(Request request, String worker, Instant since) {}

  static List<Unanswered> unanswered(Handle h, String door, Instant now, int most) {
    return h.createQuery(
            "select r.*, coalesce(j.ended_at, r.received_at) as since from request r left join job"
                + " j on j.id = r.job_id where r.door = :door and r.answered_at is null and"
                + " r.answer_after <= :now and (r.code is not null or"
                + " (j.state in ('done', 'empty', 'failed', 'cancelled') and not j.untold)) order"
                + " by r.received_at limit :most")
        .bind("door", door)
        .bind("now", now)
        .bind("most", most)
        .map(
            (row, context) ->
                new Unanswered(
                    Rows.request(row), row.getString("worker"), Rows.instant(row, "since")))
        .list();
  }

  static void answerLater(Handle h, Request request, Instant after) {
    h.createUpdate(
            "update request set answer_after = :after, answer_tries = answer_tries + 1 where id ="
                + " :id and round = :round")
        .bind("after", after)
        .bind("id", request.id().toString())
        .bind("round", request.round())
        .execute();
  }

  static void answered(Handle h, Request request) {
    h.createUpdate("update request set answered_at = :now where id = :id and round = :round")
        .bind("now", Instant.now())
        .bind("id", request.id().toString())
        .bind("round", request.round())
        .execute();
  }

  static List<Request> ofCase(Handle h, String caseId) {
    return h.createQuery("select * from request where job_id = :job order by received_at, id")
        .bind("job", caseId)
        .mapTo(Request.class)
        .list();
  }

  static List<Request> open(Handle h, String door) {
    return h.createQuery("select * from request where door = :door and answered_at is null")
        .bind("door", door)
        .mapTo(Request.class)
        .list();
  }

  static List<String> openKeys(Handle h, String door) {
    return h.createQuery(
            "select request_key from request where door = :door and answered_at is null")
        .bind("door", door)
        .mapTo(String.class)
        .list();
  }

  static List<Request> refused(Handle h, int most) {
    return h.createQuery(
            "select * from request where code is not null order by received_at desc, id limit :most")
        .bind("most", most)
        .mapTo(Request.class)
        .list();
  }

  static long countUnseen(Handle h) {
    return h.createQuery("select count(*) from request where " + UNSEEN).mapTo(Long.class).one();
  }

  static Set<String> doors(Handle h) {
    return new TreeSet<>(
        h.createQuery("select distinct door from request").mapTo(String.class).list());
  }
}
