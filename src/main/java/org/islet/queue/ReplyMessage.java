package org.islet.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.islet.store.Failure;

/**
 * What Islet says of a case, as a reply to whoever asked for it and as an event for everybody;
 * {@code docs/queue.md} explains it to its readers.
 *
 * @param type what happened
 * @param json the message's body
 * @param correlationId by which the sender of the request knows the message
 */
public record ReplyMessage(Type type, String json, String correlationId) {

  /** The version of this form. */
  public static final int VERSION = 1;

  /** The property that holds the type, so that a receiver can select by it. */
  public static final String TYPE = "islet_type";

  /** What is taken over from {@code result.json}. */
  private static final List<String> OF_REPORT =
      List.of("outcome", "mask", "boxes", "warnings", "route", "models", "seconds");

  private static final JsonMapper JSON = new JsonMapper();

  /** What can happen to a case. */
  public enum Type {
    /** It is kept, and will be run. */
    ACCEPTED,
    /** Its route has begun. */
    STARTED,
    /** A stage of its route has ended. */
    STAGE,
    /** There is a result, with something found. */
    DONE,
    /** There is a result, with nothing found. */
    EMPTY,
    /** There is no result, and there will be none. */
    FAILED,
    /** Somebody did not want it any more. */
    CANCELLED;

    /** As it stands in messages. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The case that is spoken of.
   *
   * @param requestId the request's id, or null if none could be read
   * @param caseId the case's id, or null if the request became none
   * @param correlationId what the sender knows the request by, or null if there is nothing
   * @param cloudEvent whether to speak in CloudEvents, as the request did
   * @param repeated whether an earlier case's result is the answer
   * @param occasion with which the ids of CloudEvents begin: of one request and one attempt at it,
   *     and the same whenever the same is said again
   */
  public record About(
      String requestId,
      String caseId,
      String correlationId,
      boolean cloudEvent,
      boolean repeated,
      String occasion) {}

  /**
   * The place in the results where a case's result lies, as a whole.
   *
   * @param place a path or an address
   * @param sha256 of the result's manifest, in hexadecimal
   * @param report what {@code result.json} holds
   */
  public record Result(String place, String sha256, JsonNode report) {}

  /** That a case is accepted, started or cancelled. */
  public static ReplyMessage of(Type type, About about, Instant time) {
    return message(type, about, time, "", JSON.createObjectNode());
  }

  /**
   * That a stage has ended.
   *
   * @param number of the stage, from 1
   * @param count how many stages the route has
   */
  public static ReplyMessage stage(About about, Instant time, String stage, int number, int count) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("stage").put("name", stage).put("number", number).put("of", count);
    return message(Type.STAGE, about, time, "-" + number, body);
  }

  /** That there is a result. */
  public static ReplyMessage done(About about, Instant time, Result result) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode out = body.putObject("result");
    out.put("place", result.place()).put("sha256", result.sha256());
    for (String field : OF_REPORT) {
      if (result.report().has(field)) {
        out.set(field, result.report().get(field));
      }
    }
    boolean empty = result.report().path("outcome").asText().equals(Type.EMPTY.word());
    return message(empty ? Type.EMPTY : Type.DONE, about, time, "", body);
  }

  /** That there will be no result. */
  public static ReplyMessage failed(About about, Instant time, Failure why) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode failure =
        body.putObject("failure").put("code", why.code()).put("reason", why.sentence());
    put(failure, "stage", why.stage());
    return message(Type.FAILED, about, time, "", body);
  }

  private static ReplyMessage message(
      Type type, About about, Instant time, String which, ObjectNode details) {
    ObjectNode body = JSON.createObjectNode();
    body.put("version", VERSION).put("type", type.word());
    put(body, "id", about.requestId());
    put(body, "case", about.caseId());
    if (about.repeated()) {
      body.put("repeated", true);
    }
    body.put("time", time.toString());
    body.setAll(details);
    ObjectNode sent = about.cloudEvent() ? event(type, about, time, which, body) : body;
    return new ReplyMessage(type, sent.toString(), about.correlationId());
  }

  private static void put(ObjectNode object, String field, String value) {
    if (value != null) {
      object.put(field, value);
    }
  }

  /** The envelope; its id is the same whenever the same thing is said again. */
  private static ObjectNode event(
      Type type, About about, Instant time, String which, ObjectNode data) {
    ObjectNode event = JSON.createObjectNode();
    event
        .put("specversion", "1.0")
        .put("id", "%s-%s%s".formatted(about.occasion(), type.word(), which))
        .put("source", "/islet")
        .put("type", "org.islet.case.%s.v1".formatted(type.word()))
        .put("time", time.toString())
        .put("datacontenttype", "application/json");
    put(event, "subject", about.caseId());
    event.set("data", data);
    return event;
  }

  /** What the message carries beside its body. */
  public Map<String, String> properties() {
    return Map.of(TYPE, type.word());
  }
}
