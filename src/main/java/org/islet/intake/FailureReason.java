package org.islet.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.islet.job.Answer;
import org.islet.store.Failure;
import org.islet.store.Job;

/**
 * What {@code reason.json} holds.
 *
 * @param caseId the case's id, if the CT became one
 * @param code a stable name of the reason
 * @param reason a sentence
 * @param stage the stage that failed, if it was one
 * @param attempts how often the case was begun
 * @param next what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FailureReason(
    @JsonProperty("case") String caseId,
    String code,
    String reason,
    String stage,
    Integer attempts,
    String next) {

  private static final String NEXT =
      "When the cause is mended, move the file back into the folder 'in', or run: ./islet redrive ";

  static FailureReason of(Answer answer) {
    Failure failure = answer.failure().orElseThrow();
    String caseId = answer.job().map(Job::id).orElse(null);
    return new FailureReason(
        caseId,
        failure.code(),
        failure.sentence(),
        failure.stage(),
        answer.job().map(Job::attempt).orElse(null),
        NEXT + (caseId == null ? "--all" : caseId));
  }
}
