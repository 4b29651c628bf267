package org.islet.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.islet.stage.Nearest;

/**
 * YAML that a person writes, of keys and values. It is read so strictly that no slip passes for a
 * value: no key twice or without a value, no fraction for a whole number, no anchors, aliases and
 * tags.
 */
public final class PlainYaml {

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                  .build())
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfigDefaults(
              config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .build();

  private PlainYaml() {}

  /**
   * Reads a file's text.
   *
   * @param type a record, or {@link JsonNode}
   * @throws JsonProcessingException if it is no such YAML; {@link #mistake} tells why
   */
  public static <T> T read(String text, Class<T> type) throws IOException {
    requirePlain(text);
    return YAML.readValue(text, type);
  }

  /**
   * Reads a part of what was read.
   *
   * @throws JsonProcessingException if it does not fit the record; {@link #mistake} tells why
   */
  public static <T> T read(JsonNode part, Class<T> type) throws JsonProcessingException {
    return YAML.treeToValue(part, type);
  }

  private static void requirePlain(String text) throws IOException {
    try (YAMLParser parser = YAML.getFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw refusal(
            parser, "keys and values were expected, such as purpose: Finds the pancreas.");
      }
      do {
        if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
          throw refusal(parser, "anchors, aliases and tags of YAML are not read here.");
        }
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
          throw refusal(parser, missing(parser.getParsingContext()));
        }
      } while (parser.nextToken() != null);
    }
  }

  private static String missing(JsonStreamContext place) {
    return place.inArray()
        ? "a value in the list '%s' is missing.".formatted(place.getParent().getCurrentName())
        : "the key '%s' has no value; give one or leave it out.".formatted(place.getCurrentName());
  }

  private static JsonParseException refusal(YAMLParser parser, String sentence) {
    return new JsonParseException(parser, sentence, parser.currentTokenLocation());
  }

  /** What is wrong, in a sentence with the line, where it is known, and the key. */
  public static String mistake(JsonProcessingException e) {
    String key = e instanceof JsonMappingException mapping ? key(mapping) : "";
    String reason = e.getOriginalMessage();
    if (reason.startsWith("Missing required creator property")) {
      return "the key '%s' is missing.".formatted(key);
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return at(key, e.getCause().getMessage());
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      return "there is no key '%s'%s"
          .formatted(key, Nearest.hint(unknown.getPropertyName(), known));
    }
    return line(e.getLocation()) + at(key, reason);
  }

  private static String key(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(name -> name != null)
        .collect(Collectors.joining("."));
  }

  private static String at(String key, String reason) {
    return key.isEmpty() || reason.startsWith(key + ".") ? reason : key + ": " + reason;
  }

  private static String line(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : "line %d: ".formatted(location.getLineNr());
  }
}
