package org.islet.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.islet.job.CaseFailedException;
import org.islet.job.FailureText;

/**
 * What {@code reason.json} holds.
 *
 * @param caseId the case's id, if the CT could be identified
 * @param code a stable name of the reason
 * @param reason a sentence
 * @param stage the stage that failed, if it was one
 * @param next what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FailureReason(
    @JsonProperty("case") String caseId, String code, String reason, String stage, String next) {

  private static final String NEXT =
      "When the cause is mended, move the file back into the folder 'in'.";

  static FailureReason of(Throwable failure) {
    return failure instanceof CaseFailedException e
        ? new FailureReason(e.caseId(), e.code(), e.getMessage(), e.stage(), NEXT)
        : new FailureReason(null, "internal", FailureText.ofCause(failure), null, NEXT);
  }
}
