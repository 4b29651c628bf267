package org.islet.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The envelope of a CloudEvent (version 1.0): around the data in structured mode, in the headers of
 * the message in binary mode. Attributes that are not needed here may be anything.
 */
public final class CloudEvent {

  /** The type of event that asks for a segmentation. */
  static final String REQUEST = "org.islet.segmentation.request.v1";

  /** What the AMQP binding puts before the names of attributes. */
  private static final List<String> PREFIXES = List.of("cloudEvents:", "cloudEvents_");

  private static final String VERSION = "specversion";

  private final Map<String, String> attributes;

  private CloudEvent(Map<String, String> attributes) {
    this.attributes = attributes;
  }

  /** The envelope that a message's body is, if it is one. */
  static Optional<CloudEvent> structured(ObjectNode body) {
    if (!body.has(VERSION)) {
      return Optional.empty();
    }
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (field.getValue().isTextual()) {
        attributes.put(field.getKey(), field.getValue().asText());
      }
    }
    return Optional.of(new CloudEvent(attributes));
  }

  /** The envelope that a message's headers hold, if they hold one. */
  public static Optional<CloudEvent> binary(Map<String, ?> headers) {
    Map<String, String> attributes = new HashMap<>();
    headers.forEach(
        (name, value) -> {
          for (String prefix : PREFIXES) {
            if (name.startsWith(prefix) && value instanceof String text) {
              attributes.put(name.substring(prefix.length()), text);
            }
          }
        });
    return Optional.of(new CloudEvent(attributes)).filter(e -> attributes.containsKey(VERSION));
  }

  /** Its id, if it is one that a request may have. */
  public Optional<String> requestId() {
    return Form.REQUEST.fitting(
        JsonNodeFactory.instance.objectNode().put("id", attributes.get("id")), "id");
  }

  Optional<String> id() {
    return Optional.ofNullable(attributes.get("id"));
  }

  /** All that is wrong with the envelope, a sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    expect(problems, VERSION, "1.0");
    expect(problems, "type", REQUEST);
    if (attributes.containsKey("datacontenttype")
        && !attributes.get("datacontenttype").matches("application/json *(;.*)?")) {
      expect(problems, "datacontenttype", "application/json");
    }
    for (String required : List.of("id", "source")) {
      if (attributes.getOrDefault(required, "").isEmpty()) {
        problems.add("The CloudEvent's '%s' is missing or empty.".formatted(required));
      }
    }
    return problems;
  }

  private void expect(List<String> problems, String attribute, String expected) {
    String value = attributes.get(attribute);
    if (!expected.equals(value)) {
      problems.add(
          "The CloudEvent's '%s' is %s; '%s' is expected."
              .formatted(attribute, value == null ? "missing" : Shown.name(value), expected));
    }
  }
}
