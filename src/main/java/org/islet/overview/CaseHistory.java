package org.islet.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.islet.job.RecordedJson;
import org.islet.stage.StageRun;
import org.islet.store.Attempt;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Request;

/**
 * All that is known of a case.
 *
 * @param running how far it is; null unless it is running
 * @param turn when it begins; null unless it waits, and not behind very many
 * @param ended how it ended; null unless it has
 * @param failure why it has no result, or why it waits to be tried again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaseHistory(
    Instant at,
    @JsonProperty("case") String caseId,
    String state,
    String route,
    String priority,
    Instant deadline,
    Instant acceptedAt,
    Input input,
    Overview.Running running,
    Turn turn,
    Overview.Ended ended,
    Failure failure,
    Result result,
    List<Try> attempts,
    List<Asker> requests) {

  /** So many cases that run or wait are looked at for a case's turn. */
  private static final int NEAR = 1000;

  /** The CT. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Input(String sha256, long bytes, Long voxels) {}

  /**
   * The result.
   *
   * @param place its folder; null once it was cleared away
   * @param manifestSha256 the digest of what lists its files
   * @param method the digest of the route and the models that made it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Result(String place, String manifestSha256, String method) {}

  /**
   * One time that it was begun.
   *
   * @param stages those that ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Try(
      int number,
      String worker,
      Instant beganAt,
      Instant endedAt,
      String outcome,
      Failure failure,
      List<StageRun> stages) {

    static Try of(Attempt attempt) {
      return new Try(
          attempt.number(),
          attempt.worker(),
          attempt.beganAt(),
          attempt.endedAt(),
          attempt.outcome(),
          attempt.failure(),
          attempt.stages() == null ? List.of() : RecordedJson.stages(attempt.stages()));
    }
  }

  /**
   * Somebody who asked for it.
   *
   * @param input where the CT was; null where no names are shown
   * @param repeated whether the result was there already
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Asker(
      String door, String input, Instant receivedAt, Instant answeredAt, boolean repeated) {

    static Asker of(Request request) {
      return new Asker(
          request.door(),
          Shown.input(request.input()),
          request.receivedAt(),
          request.answeredAt(),
          request.repeated());
    }

    Asker withoutNames() {
      return new Asker(door, null, receivedAt, answeredAt, repeated);
    }
  }

  /** What a record tells of a case now; nothing if there is none. */
  public static Optional<CaseHistory> of(JobStore store, WaitingRules rules, String caseId) {
    return of(store, rules, caseId, NEAR);
  }

  /**
   * @param near how many cases that run or wait are looked at for its turn
   */
  static Optional<CaseHistory> of(JobStore store, WaitingRules rules, String caseId, int near) {
    return store.find(caseId).map(job -> of(store, rules, job, near));
  }

  private static CaseHistory of(JobStore store, WaitingRules rules, Job job, int near) {
    JobState state = job.state();
    Optional<Turn> turn =
        state == JobState.ACCEPTED
            ? Overview.of(store, rules, near, 0).waiting().stream()
                .filter(each -> each.caseId().equals(job.id()))
                .findFirst()
            : Optional.empty();
    return new CaseHistory(
        Instant.now(),
        job.id(),
        state.word(),
        job.order().route(),
        job.order().priority().word(),
        job.order().deadline(),
        job.acceptedAt(),
        new Input(job.inputSha256(), job.inputBytes(), job.voxels()),
        state == JobState.RUNNING ? Overview.Running.of(job) : null,
        turn.orElse(null),
        state.isEnded() ? Overview.Ended.of(job) : null,
        state.hasResult() ? null : job.failure(),
        state.hasResult() ? new Result(job.resultPlace(), job.resultSha256(), job.method()) : null,
        store.attempts(job.id()).stream().map(Try::of).toList(),
        store.requests().requestsOf(job.id()).stream().map(Asker::of).toList());
  }

  /** The same, for those who need not know how files are named. */
  public CaseHistory withoutNames() {
    return new CaseHistory(
        at,
        caseId,
        state,
        route,
        priority,
        deadline,
        acceptedAt,
        input,
        running,
        turn,
        ended,
        failure,
        result,
        attempts,
        requests.stream().map(Asker::withoutNames).toList());
  }

  /** Whether nothing more happens to it by itself. */
  public boolean hasEnded() {
    return ended != null;
  }

  /** How it stands, in a line. */
  public String line() {
    String how =
        ended != null
            ? "%s, %s".formatted(state, ended.outcome())
            : running != null
                ? "running (attempt %d), %s".formatted(running.attempt(), running.reached())
                : "waiting, " + (turn == null ? "behind very many" : turn.line(at));
    return "case %s: %s".formatted(caseId, how);
  }

  /** As people read it. */
  public String text() {
    return CaseText.of(this);
  }

  /** As programs read it. */
  public String json() {
    return Json.of(this);
  }
}
