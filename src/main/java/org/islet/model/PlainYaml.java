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
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.islet.format.OneLine;
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
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .withCoercionConfigDefaults(
              config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .build();

  /** Nobody writes as many bytes, and much more would take long to read. */
  private static final int MOST_BYTES = 256 << 10;

  private PlainYaml() {}

  /**
   * A file's text.
   *
   * @throws IOException if the file is missing, is no regular one, has more than 256 KiB or cannot
   *     be read; {@link #reason} tells why
   * @throws CharacterCodingException if it is not in UTF-8
   */
  public static String text(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new FileSystemException(file.toString(), null, "it has more than 256 KiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  /** Why a file cannot be read, in a few words. */
  public static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : e.toString();
  }

  /**
   * Reads a text.
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

  /** What is wrong, in a sentence with the line, where it is known, and the key; in one line. */
  public static String mistake(JsonProcessingException e) {
    return OneLine.of(sentence(e));
  }

  private static String sentence(JsonProcessingException e) {
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
