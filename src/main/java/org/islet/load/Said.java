package org.islet.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.islet.queue.ReplyMessage;

/**
 * What a reply or an event says of a request.
 *
 * @param id the request's
 * @param type such as {@code done}, as in {@link ReplyMessage.Type#word}
 * @param caseId empty where there is no case
 * @param time when that was, by the service's clock
 * @param outcome the digest of a result, or the code of a failure; empty for all else
 * @param repeated whether the result is an earlier case's
 */
record Said(String id, String type, String caseId, Instant time, String outcome, boolean repeated) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Reads a message; nothing if it says nothing of a request. */
  static Optional<Said> parse(String json) {
    try {
      JsonNode message = JSON.readTree(json);
      if (!message.path("id").isTextual()) {
        return Optional.empty();
      }
      return Optional.of(
          new Said(
              message.path("id").asText(),
              message.path("type").asText(),
              message.path("case").asText(),
              Instant.parse(message.path("time").asText()),
              message.at("/result/sha256").asText() + message.at("/failure/code").asText(),
              message.path("repeated").asBoolean()));
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean is(ReplyMessage.Type wanted) {
    return type.equals(wanted.word());
  }

  /** Whether there will be nothing more of the case. */
  boolean isEnd() {
    return hasResult() || is(ReplyMessage.Type.FAILED) || is(ReplyMessage.Type.CANCELLED);
  }

  boolean hasResult() {
    return is(ReplyMessage.Type.DONE) || is(ReplyMessage.Type.EMPTY);
  }

  /** Whether the request became no case. */
  boolean isRefusal() {
    return is(ReplyMessage.Type.FAILED) && caseId.isEmpty();
  }
}
