package org.islet.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What people ask of a record.
 *
 * <p>Every method throws a {@link StoreException} if the database cannot be asked.
 */
public final class Listing {

  private final Jdbi jdbi;

  Listing(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Running cases, then those that wait in the order of their turns, then the latest that ended.
   *
   * @param mostLive how many of those that run or wait
   * @param mostEnded how many of those that ended
   */
  public List<Job> list(int mostLive, int mostEnded) {
    return Sql.in(jdbi, h -> list(h, mostLive, mostEnded));
  }

  /** How many cases are in a state. */
  public long count(JobState state) {
    return Sql.in(jdbi, h -> count(h, state));
  }

  /** How many cases are in each state that any is in, by priority. */
  public Map<JobState, Map<Priority, Long>> counts() {
    return Sql.in(jdbi, Listing::counts);
  }

  /** How long the latest cases took that have a result, latest first. */
  public List<Pace> paces(int most) {
    return Sql.in(jdbi, h -> paces(h, most));
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
    return Sql.in(jdbi, Listing::failed);
  }

  private static List<Job> list(Handle h, int mostLive, int mostEnded) {
    List<Job> jobs =
        new ArrayList<>(
            h.createQuery(
                    "select * from job where state in "
                        + Jobs.LIVE
                        + " order by case when state = 'running' then 0 else 1 end, priority, accepted_at, id"
                        + " limit :most")
                .bind("most", mostLive)
                .mapTo(Job.class)
                .list());
    jobs.addAll(
        h.createQuery(
                "select * from job where state not in "
                    + Jobs.LIVE
                    + " order by ended_at desc, id limit :most")
            .bind("most", mostEnded)
            .mapTo(Job.class)
            .list());
    return jobs;
  }

  private static long count(Handle h, JobState state) {
    return h.createQuery("select count(*) from job where state = :state")
        .bind("state", state.word())
        .mapTo(Long.class)
        .one();
  }

  private static Map<JobState, Map<Priority, Long>> counts(Handle h) {
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

  private static List<Pace> paces(Handle h, int most) {
    return h.createQuery(
            "select route, voxels, started_at, ended_at from job where state in ('done', 'empty') and voxels > 0"
                + " order by ended_at desc limit :most")
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

  private static List<Job> failed(Handle h) {
    return h.createQuery("select * from job where state = 'failed' order by ended_at, id")
        .mapTo(Job.class)
        .list();
  }
}
