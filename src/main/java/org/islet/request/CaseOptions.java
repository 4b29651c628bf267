package org.islet.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.islet.store.Order;
import org.islet.store.Priority;

/**
 * What can be said of a case beside its CT, in a request or in a file beside the CT; {@code
 * docs/case-options.schema.json} is its form.
 *
 * @param sha256 what the input's SHA-256 must be, in small hexadecimal digits
 * @param route the segmentation route that is wanted
 * @param deadline when the result is wanted at the latest
 * @param force whether the CT is to be run again although it has a result
 */
public record CaseOptions(
    Optional<String> sha256,
    Optional<String> route,
    Optional<Priority> priority,
    Optional<Instant> deadline,
    boolean force) {

  /** Some editors of Windows begin a file with it. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** Nothing said. */
  public static final CaseOptions NONE =
      new CaseOptions(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  /**
   * Reads the file beside a CT.
   *
   * @throws RequestRefusedException with all that is wrong, if it does not have the form
   */
  public static CaseOptions parse(String json) throws RequestRefusedException {
    ObjectNode object =
        StrictJson.read("The file of options", json.replaceFirst("^" + BYTE_ORDER_MARK, ""));
    List<String> problems = new ArrayList<>(Form.OPTIONS.problems(object));
    CaseOptions options = of(object, problems);
    if (!problems.isEmpty()) {
      throw new RequestRefusedException(
          RequestRefusedException.BAD_REQUEST, String.join(" ", problems));
    }
    return options;
  }

  /**
   * What is asked for with these options.
   *
   * @param usual the route to take where none is wanted
   */
  public Order order(String usual) {
    return new Order(
        route.orElse(usual),
        priority.orElse(Priority.ROUTINE),
        deadline.orElse(null),
        force,
        sha256.orElse(null));
  }

  /**
   * The options among an object's fields.
   *
   * @param problems empty if the object has its form; what the form does not see is added
   */
  static CaseOptions of(ObjectNode object, List<String> problems) {
    return problems.isEmpty()
        ? new CaseOptions(
            text(object, "sha256").map(s -> s.toLowerCase(Locale.ROOT)),
            text(object, "route"),
            text(object, "priority").flatMap(Priority::of),
            text(object, "deadline").flatMap(t -> instant(t, problems)),
            object.path("force").asBoolean(false))
        : NONE;
  }

  static Optional<String> text(ObjectNode object, String field) {
    return Optional.ofNullable(object.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private static Optional<Instant> instant(String text, List<String> problems) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      problems.add(Form.OPTIONS.problem("deadline", "is no time that there is"));
      return Optional.empty();
    }
  }
}
