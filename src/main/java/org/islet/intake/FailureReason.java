package org.islet.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** In bytes; what is longer was written by others. */
  private static final int LONGEST = 1 << 16;

  private static final String NEXT =
      "When the cause is mended, move this folder as a whole into the folder 'in'";

  static FailureReason of(Answer answer) {
    Failure failure = answer.failure().orElseThrow();
    String caseId = answer.job().map(Job::id).orElse(null);
    return new FailureReason(
        caseId,
        failure.code(),
        failure.sentence(),
        failure.stage(),
        answer.job().map(Job::attempt).orElse(null),
        NEXT + (caseId == null ? "." : ", or run: ./islet redrive " + caseId));
  }

  void write(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      JSON.writeValue(out, this);
    }
  }

  /**
   * Reads one that was written by {@link #write}.
   *
   * @throws IOException if it was not
   */
  static FailureReason read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return JSON.readValue(in.readNBytes(LONGEST), FailureReason.class);
    }
  }
}
