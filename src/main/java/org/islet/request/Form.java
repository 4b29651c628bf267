package org.islet.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.stage.Nearest;

/**
 * A form that JSON must have: a flat object, described by a JSON Schema in {@code docs/}. What is
 * wrong is told as sentences, in the words with which the schema describes its fields.
 */
final class Form {

  /** What can be said of a case, also beside a CT in a folder. */
  static final Form OPTIONS = new Form("case-options.schema.json");

  /** A request for one case. */
  static final Form REQUEST = new Form("segmentation-request.schema.json");

  private static final int MOST_PROBLEMS = 10;

  private final JsonSchema schema;
  private final Map<String, String> descriptions = new LinkedHashMap<>();

  private Form(String name) {
    schema = Schemas.get(name);
    for (var field : schema.getSchemaNode().get("properties").properties()) {
      JsonNode description = field.getValue().get("description");
      descriptions.put(
          field.getKey(),
          description == null ? OPTIONS.descriptions.get(field.getKey()) : description.asText());
    }
  }

  /** All that is wrong with an object, a sentence each; nothing if it has the form. */
  List<String> problems(ObjectNode object) {
    List<String> problems =
        schema.validate(object).stream().map(this::problem).distinct().sorted().toList();
    if (problems.size() <= MOST_PROBLEMS) {
      return problems;
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
    first.add("And %d more.".formatted(problems.size() - MOST_PROBLEMS));
    return first;
  }

  /** The text of a field, if it is as the form wants it, whatever the other fields are. */
  Optional<String> fitting(ObjectNode object, String field) {
    return schema.validate(object).stream().anyMatch(m -> field.equals(field(m)))
        ? Optional.empty()
        : Optional.ofNullable(object.get(field)).map(JsonNode::asText);
  }

  private static String field(ValidationMessage message) {
    JsonNodePath place = message.getInstanceLocation();
    return place.getNameCount() == 0 ? "" : place.getName(0);
  }

  /** What is wrong with one field, and what was expected of it. */
  String problem(String field, String wrong) {
    return "'%s' %s: %s".formatted(field, wrong, expected(field));
  }

  private String problem(ValidationMessage message) {
    if (message.getType().equals("required")) {
      return problem(message.getProperty(), "is missing");
    }
    if (message.getType().equals("additionalProperties")) {
      String name = message.getProperty();
      return "%s is no field that is known%s"
          .formatted(Shown.name(name), Nearest.among(name, "There are", descriptions.keySet()));
    }
    return problem(field(message), "does not fit");
  }

  /** The first sentence of a field's description, as it goes on behind a colon. */
  private String expected(String field) {
    String text = descriptions.get(field).split("(?<=\\.) ", 2)[0];
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** The schemas as they lie beside this class; nothing else is ever loaded. */
  private static final class Schemas {

    private static final String PLACE = "https://islet.org/schemas/";

    private static final SchemaValidatorsConfig CONFIG =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(Schemas::regularExpression)
            .build();

    private static final JsonSchemaFactory FACTORY =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder.schemaLoaders(
                    loaders ->
                        loaders
                            .values(List::clear)
                            .schemas(
                                Stream.of(
                                        "case-options.schema.json",
                                        "segmentation-request.schema.json")
                                    .collect(Collectors.toMap(PLACE::concat, Schemas::text)))));

    static JsonSchema get(String name) {
      return FACTORY.getSchema(SchemaLocation.of(PLACE + name), CONFIG);
    }

    private static String text(String name) {
      try (InputStream in = Objects.requireNonNull(Form.class.getResourceAsStream(name), name)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** In JSON Schema, {@code $} is the very end; in Java, also what is before a last line feed. */
    private static RegularExpression regularExpression(String regex) {
      Pattern pattern = Pattern.compile(regex.replaceFirst("\\$$", "\\\\z"));
      return value -> pattern.matcher(value).find();
    }
  }
}
