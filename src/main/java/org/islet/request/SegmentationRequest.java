package org.islet.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to segment one CT, as it comes in a message; {@code
 * docs/segmentation-request.schema.json} is its form.
 *
 * @param id the sender's name for it
 * @param input an absolute path, or an address by http or https or in object storage; none is
 *     checked yet
 * @param reply the queue for the reply, or {@code queue:} or {@code topic:} with a name
 * @param cloudEvent whether it came as a CloudEvent, and its sender so expects CloudEvents
 */
public record SegmentationRequest(
    String id, String input, Optional<String> reply, CaseOptions options, boolean cloudEvent) {

  /** Loads what reading takes, so that the first request does not wait for it. */
  public static void warm() {
    try {
      parse("{\"version\": 1, \"id\": \"warm\", \"input\": \"/warm\"}", Map.of());
    } catch (RequestRefusedException e) {
      throw new IllegalStateException("This has the form.", e);
    }
  }

  /**
   * Reads the body of a message: the request itself, a CloudEvent around it, or the data of a
   * CloudEvent whose attributes are in the headers.
   *
   * @param headers of the message; only those that CloudEvents are made of are looked at
   * @throws RequestRefusedException with all that is wrong, if it does not have the form
   */
  public static SegmentationRequest parse(String body, Map<String, ?> headers)
      throws RequestRefusedException {
    ObjectNode object = StrictJson.read("The request", body);
    Optional<CloudEvent> around = CloudEvent.structured(object);
    Optional<CloudEvent> event = around.or(() -> CloudEvent.binary(headers));
    List<String> problems = new ArrayList<>(event.map(CloudEvent::problems).orElse(List.of()));
    ObjectNode request = object;
    if (around.isPresent()) {
      if (object.get("data") instanceof ObjectNode data) {
        request = data;
      } else {
        problems.add("The CloudEvent's 'data' is no JSON object; the request is expected there.");
        request = object.objectNode();
      }
    }
    ObjectNode fields = request;
    event
        .flatMap(CloudEvent::id)
        .filter(id -> !fields.has("id"))
        .ifPresent(id -> fields.put("id", id));
    problems.addAll(Form.REQUEST.problems(fields));
    CaseOptions options = CaseOptions.of(fields, problems);
    if (!problems.isEmpty()) {
      throw new RequestRefusedException(
          RequestRefusedException.BAD_REQUEST,
          String.join(" ", problems),
          Form.REQUEST.fitting(fields, "id").orElse(null),
          Form.REQUEST.fitting(fields, "reply").orElse(null),
          event.isPresent());
    }
    return new SegmentationRequest(
        fields.get("id").asText(),
        fields.get("input").asText(),
        CaseOptions.text(fields, "reply"),
        options,
        event.isPresent());
  }
}
