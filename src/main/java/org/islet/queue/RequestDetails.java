package org.islet.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import org.islet.store.Job;
import org.islet.store.Request;

/**
 * What is kept of a message, to answer it and to lay it aside when it is long acknowledged.
 *
 * @param correlationId what replies carry
 * @param reply where the reply goes, as {@link MessageSender} takes it; null for nowhere
 * @param cloudEvent whether to speak in CloudEvents, as the request did
 * @param body of the message
 * @param properties of the message that are text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestDetails(
    String correlationId,
    String reply,
    boolean cloudEvent,
    String body,
    Map<String, String> properties) {

  private static final JsonMapper JSON = new JsonMapper();

  static RequestDetails of(ReceivedRequest received) {
    return new RequestDetails(
        received.correlationId(),
        received.reply().orElse(null),
        received.request().cloudEvent(),
        received.body(),
        received.properties());
  }

  static RequestDetails of(Request request) {
    try {
      return JSON.readValue(request.details(), RequestDetails.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The details of a request are what was written there.", e);
    }
  }

  Optional<String> replyTo() {
    return Optional.ofNullable(reply);
  }

  /** What is spoken of to whoever sent the message of a request that became no case. */
  ReplyMessage.About about(Request request) {
    return about(request, String.valueOf(request.round()));
  }

  /** The same of one that became a case, at its attempt; one that has ended did so at one time. */
  ReplyMessage.About about(Request request, Job job) {
    return about(
        request,
        String.valueOf(job.state().isEnded() ? job.endedAt().toEpochMilli() : job.attempt()));
  }

  private ReplyMessage.About about(Request request, String attempt) {
    return new ReplyMessage.About(
        request.key(),
        request.caseId(),
        correlationId,
        cloudEvent,
        request.repeated(),
        "%s-%s".formatted(request.id(), attempt));
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON.", e);
    }
  }
}
