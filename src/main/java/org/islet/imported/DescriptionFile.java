package org.islet.imported;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.islet.stage.Nearest;

/** Reads a description, and its layers one by one, so that all that are wrong are named at once. */
final class DescriptionFile {

  private static final long MOST_BYTES = 1 << 20;
  private static final String CONVOLUTION = "convolution";

  private static final Map<String, Class<? extends Layer>> KINDS =
      new TreeMap<>(
          Map.of(
              CONVOLUTION,
              Layer.Convolution.class,
              "transposed-convolution",
              Layer.TransposedConvolution.class,
              "normalisation",
              Layer.Normalisation.class,
              "max-pooling",
              Layer.MaxPooling.class,
              "resize",
              Layer.Resize.class,
              "concatenation",
              Layer.Concatenation.class,
              "addition",
              Layer.Addition.class));

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private final Path file;
  private final Problems problems;

  /**
   * @param problems what is found wrong is added to them
   */
  DescriptionFile(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Reads all but the layers.
   *
   * @throws ImportRefusedException if it is not what it should be
   * @throws IOException if the file cannot be read
   */
  Description read() throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw refusal("has more than %d bytes; it is no description".formatted(MOST_BYTES));
    }
    String text = Files.readString(file);
    try {
      requirePlain(text);
      return YAML.readValue(text, Description.class);
    } catch (JsonProcessingException e) {
      throw refusal(sentence(e) + line(e));
    }
  }

  /**
   * @throws JsonProcessingException if it is no YAML
   */
  private void requirePlain(String text) throws IOException {
    try (YAMLParser parser = YAML.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
          throw refusal(
              "line %d: anchors, aliases and tags of YAML are not read here"
                  .formatted(parser.currentLocation().getLineNr()));
        }
      }
    }
  }

  /** The layers that can be read, in order. */
  Map<String, Layer> layers(Description description) {
    Map<String, Layer> layers = new LinkedHashMap<>();
    description
        .layers()
        .forEach(
            (name, node) -> {
              try {
                layers.put(name, layer(node));
              } catch (JsonProcessingException e) {
                problems.add(file, name, sentence(e));
              } catch (IllegalArgumentException e) {
                problems.add(file, name, e.getMessage());
              }
            });
    return layers;
  }

  private static Layer layer(JsonNode node) throws JsonProcessingException {
    if (!(node instanceof ObjectNode given)) {
      throw new IllegalArgumentException(
          "expected keys and values, as in {channels: 16}, not " + node);
    }
    ObjectNode rest = given.deepCopy();
    JsonNode kind = rest.remove("kind");
    String name = kind == null ? CONVOLUTION : kind.asText();
    if (!KINDS.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no kind '%s'%s There are: %s."
              .formatted(
                  name, Nearest.hint(name, KINDS.keySet()), String.join(", ", KINDS.keySet())));
    }
    return YAML.treeToValue(rest, KINDS.get(name));
  }

  private static String sentence(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      var known = unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      String name = unknown.getPropertyName();
      return "there is no key '%s' here%s There are: %s."
          .formatted(name, Nearest.hint(name, known), String.join(", ", known));
    }
    if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return place(refused) + refused.getCause().getMessage();
    }
    return (e instanceof JsonMappingException mapping ? place(mapping) : "")
        + e.getOriginalMessage();
  }

  private static String place(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(name -> name != null)
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : path + ": ";
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }

  private ImportRefusedException refusal(String reason) {
    return problems.refusal(file, reason);
  }
}
