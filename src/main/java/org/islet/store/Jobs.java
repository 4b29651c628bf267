package org.islet.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.jdbi.v3.core.statement.Query;

/** The statements on cases: what they are, whose turn it is, and what people change. */
final class Jobs {

  static final String LIVE = "('accepted', 'running')";

  /**
   * Whether a case was asked for by one of some doors; one that nobody asks for is everybody's. Of
   * {@code exists} PostgreSQL would make a list of all requests before it looks at the first case.
   */
  private static final String BY_DOORS =
      "coalesce((select max(case when r.door in (<doors>) then 1 else 0 end) from request r"
          + " where r.job_id = job.id), 1) = 1";

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

  /** The case that an order for a CT may join, have the result of, or try again. */
  static Optional<Job> earlier(Handle h, Order order, String sha256, String method) {
    return h.createQuery(
            "select * from job where input_sha256 = :sha256 and route = :route order by case when state in "
                + LIVE
                + " then 0 when result_place is not null and method = :standing then 1 else 2 end,"
                + " accepted_at desc, id desc limit 1 for update")
        .bind("sha256", sha256)
        .bind("route", order.route())
        .bind("standing", order.force() ? null : method)
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
      boolean underWay = !ended && !job.calledOff();
      boolean stands = ended && method.equals(job.method()) && job.resultPlace() != null;
      if (!order.force() && (underWay || stands)) {
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
            "update job set state = 'accepted', pool = 'start', handed = null, priority = :priority, deadline = :deadline,"
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
    Job job = fresh(order, input, id);
    h.createUpdate(
            "insert into job (id, input_sha256, input_bytes, voxels, heap_bytes, route, priority,"
                + " deadline, state, accepted_at, not_before, tries, attempt, stages_ended, stages,"
                + " called_off, untold) values (:id, :sha256, :bytes, :voxels, :heap, :route,"
                + " :priority, :deadline, :state, :now, :now, 0, 0, 0, 0, false, false)")
        .bind("id", id)
        .bind("sha256", input.sha256())
        .bind("bytes", input.bytes())
        .bind("voxels", input.voxels())
        .bind("heap", input.heapBytes())
        .bind("route", order.route())
        .bind("priority", order.priority().rank())
        .bind("deadline", order.deadline())
        .bind("state", job.state().word())
        .bind("now", job.acceptedAt())
        .execute();
    return job;
  }

  /** A case as its row will be. */
  private static Job fresh(Order order, Input input, String id) {
    Instant now = Rows.now();
    return new Job(
        id,
        input.sha256(),
        input.bytes(),
        input.voxels(),
        input.heapBytes(),
        new Order(order.route(), order.priority(), order.deadline(), false, input.sha256()),
        JobState.ACCEPTED,
        now,
        now,
        null,
        null,
        0,
        0,
        null,
        null,
        0,
        0,
        Job.START,
        null,
        false,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * The case whose turn it is. It is held until the transaction ends; one that another worker
   * holds, since it is about to begin it, is passed over.
   */
  static Optional<Job> next(Handle h, Wanted wanted) {
    String ofPools = wanted.pools().isEmpty() ? "" : " and pool in (<pools>)";
    Query query =
        h.createQuery(
                "select * from job where state = 'accepted' and not untold and not_before <= :now and"
                    + " priority <= :last and (handed is not null or "
                    + BY_DOORS
                    + ")"
                    + ofPools
                    + " order by state, priority, accepted_at, id limit 1" // as the index has them
                    + " for update skip locked")
            .bindList(EmptyHandling.NULL_KEYWORD, "doors", List.copyOf(wanted.doors()))
            .bind("now", Instant.now())
            .bind("last", (wanted.offPeak() ? Priority.OFF_PEAK : Priority.ROUTINE).rank());
    if (!wanted.pools().isEmpty()) {
      query.bindList("pools", List.copyOf(wanted.pools()));
    }
    return query.mapTo(Job.class).findOne();
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
    if (waiting > 0) {
      Requests.caseEnded(h, id);
    }
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

  static void resultLies(Handle h, String id, String place) {
    h.createUpdate("update job set result_place = :place where id = :id")
        .bind("place", place)
        .bind("id", id)
        .execute();
  }
}
