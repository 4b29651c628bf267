package org.islet.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Pause;
import org.islet.store.Request;

/**
 * How all work stands at one moment.
 *
 * @param cases how many are in each state that any is in
 * @param notLookedAt how many requests were taken down whose CT nobody has looked at yet
 * @param waiting in the order of their turns
 * @param ended latest first
 * @param refused requests that became no case, latest first
 * @param shutDoors doors that an operator has shut
 */
public record Overview(
    Instant at,
    Map<String, Long> cases,
    long notLookedAt,
    List<Running> running,
    List<Turn> waiting,
    List<Ended> ended,
    List<Refused> refused,
    List<ShutDoor> shutDoors) {

  /** So many of the cases that run or wait are usually shown. */
  public static final int NEXT = 100;

  /** So many of the cases that have ended are usually shown. */
  public static final int LATEST = 20;

  /** So many of the latest cases say how long one takes. */
  private static final int PACES = 50;

  /**
   * A case that a worker is at.
   *
   * @param attempt from 1 on
   * @param stage the stage that ended last; null before the first has
   * @param stagesEnded how many have
   * @param stages how many there are at the most; 0 before the first has ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Running(
      @JsonProperty("case") String caseId,
      String route,
      String priority,
      int attempt,
      String stage,
      int stagesEnded,
      int stages,
      Instant since,
      String worker,
      boolean calledOff) {

    static Running of(Job job) {
      return new Running(
          job.id(),
          job.order().route(),
          job.order().priority().word(),
          job.attempt(),
          job.stage(),
          job.stagesEnded(),
          job.stages(),
          job.startedAt(),
          job.worker(),
          job.calledOff());
    }

    /** How far it is, in words. */
    String reached() {
      String reached = stages == 0 ? "begun" : "%d/%d %s".formatted(stagesEnded, stages, stage);
      return calledOff ? reached + ", called off" : reached;
    }
  }

  /**
   * A case that has ended.
   *
   * @param millilitres of what was found; null where there is no result
   * @param seconds that the work took; null where there is no result
   * @param code why there is no result; null where there is one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ended(
      @JsonProperty("case") String caseId,
      String route,
      String state,
      Instant at,
      Double millilitres,
      Double seconds,
      String code) {

    static Ended of(Job job) {
      Outcome outcome = Outcome.of(job);
      return new Ended(
          job.id(),
          job.order().route(),
          job.state().word(),
          job.endedAt(),
          outcome == null ? null : outcome.millilitres(),
          outcome == null ? null : outcome.seconds(),
          outcome != null || job.failure() == null ? null : job.failure().code());
    }

    /** What came of it, in words. */
    String outcome() {
      return seconds == null
          ? String.valueOf(code)
          : "%s in %s".formatted(Words.millilitres(millilitres), Words.seconds(seconds));
    }
  }

  /**
   * A request that became no case.
   *
   * @param input null where no names are shown
   * @param reason null where no names are shown, as it may quote some
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Refused(
      String id, String door, String input, Instant receivedAt, String code, String reason) {

    static Refused of(Request request) {
      return new Refused(
          request.id().toString(),
          request.door(),
          Shown.input(request.input()),
          request.receivedAt(),
          request.failure().code(),
          request.failure().sentence());
    }

    Refused withoutNames() {
      return new Refused(id, door, null, receivedAt, code, null);
    }
  }

  /** A door that an operator has shut. */
  public record ShutDoor(String door, Instant since, String reason) {

    static ShutDoor of(Pause pause) {
      return new ShutDoor(pause.door(), pause.since(), pause.reason());
    }
  }

  /**
   * How the work of a record stands now.
   *
   * @param mostLive how many of the cases that run or wait
   * @param most how many of the cases that have ended, and of the requests that were refused
   */
  public static Overview of(JobStore store, WaitingRules rules, int mostLive, int most) {
    Instant now = Instant.now();
    List<Job> jobs = store.listing().list(mostLive, most);
    List<Job> running = in(jobs, JobState.RUNNING);
    Map<String, Long> counts = new TreeMap<>();
    store
        .listing()
        .counts()
        .forEach(
            (state, byPriority) ->
                counts.put(
                    state.word(), byPriority.values().stream().mapToLong(Long::longValue).sum()));
    return new Overview(
        now,
        counts,
        store.listing().countUnseen(),
        running.stream().map(Running::of).toList(),
        new Turns(store.listing().paces(PACES), rules, now)
            .of(running, in(jobs, JobState.ACCEPTED)),
        jobs.stream().filter(job -> job.state().isEnded()).map(Ended::of).toList(),
        store.listing().refused(most).stream().map(Refused::of).toList(),
        store.pauses().all().stream().map(ShutDoor::of).toList());
  }

  private static List<Job> in(List<Job> jobs, JobState state) {
    return jobs.stream().filter(job -> job.state() == state).toList();
  }

  /** The same, for those who need not know how files are named. */
  public Overview withoutNames() {
    return new Overview(
        at,
        cases,
        notLookedAt,
        running,
        waiting,
        ended,
        refused.stream().map(Refused::withoutNames).toList(),
        shutDoors);
  }

  /** As people read it. */
  public String text() {
    return OverviewText.of(this);
  }

  /** As programs read it. */
  public String json() {
    return Json.of(this);
  }
}
