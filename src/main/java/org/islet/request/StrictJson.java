package org.islet.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** JSON from people who are not trusted: one object, each name once, short and shallow. */
final class StrictJson {

  private static final int LONGEST = 64 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(10)
                          .maxNumberLength(30)
                          .maxNameLength(1000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads an object.
   *
   * @param what what it is, for people, as the beginning of a sentence
   */
  static ObjectNode read(String what, String json) throws RequestRefusedException {
    if (json.length() > LONGEST) {
      throw refused(
          "%s has %d characters; at most %d are taken.".formatted(what, json.length(), LONGEST));
    }
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node instanceof ObjectNode object) {
        requireWholeNumbers(what, object);
        requireWholeCharacters(what, object);
        return object;
      }
    } catch (MismatchedInputException e) {
      throw refused(
          what
              + " is not JSON as it must be: it goes on behind its last }, where nothing may follow.");
    } catch (JsonProcessingException e) {
      throw refused(
          "%s is not JSON as it must be%s: %s"
              .formatted(
                  what,
                  place(e.getLocation()),
                  Shown.sentence(inPlainWords(e.getOriginalMessage()))));
    }
    throw refused(what + " is not a JSON object: it must begin with { and end with }.");
  }

  /** No form has other numbers, and those that no computer can hold are written as fractions. */
  private static void requireWholeNumbers(String what, JsonNode node)
      throws RequestRefusedException {
    if (node.isFloatingPointNumber()) {
      throw refused(
          what + " holds a number with a fraction or an exponent; only whole numbers are taken.");
    }
    for (JsonNode child : node) {
      requireWholeNumbers(what, child);
    }
  }

  /** Half of a pair of surrogates is no character, and nothing that is sent or kept can hold it. */
  private static void requireWholeCharacters(String what, ObjectNode object)
      throws RequestRefusedException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(object.toString())) {
      throw refused(
          what + " holds half a character (a lone surrogate such as \\ud800); write it whole.");
    }
  }

  /** Without the names that a programmer would look for, and with places as all others are told. */
  private static String inPlainWords(String message) {
    return message
        .replaceAll("\\[Source: [^\\]]*?; line: (\\d+), column: (\\d+)\\]", "line $1, column $2")
        .replaceAll(",? ?from `[^`]*`", "")
        .replaceAll(": enable `[^`]*` to allow", "")
        .replace("maybe a (non-standard) comment?", "comments are not taken")
        .replaceAll(" ?\\([^()]*Feature[^()]*\\)", "");
  }

  private static String place(JsonLocation at) {
    return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static RequestRefusedException refused(String sentence) {
    return new RequestRefusedException(RequestRefusedException.BAD_REQUEST, sentence);
  }
}
