package org.islet.imported;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.islet.stage.Nearest;

/** Reads a description, and its layers one by one, so that all that are wrong are named at once. */
final class DescriptionFile {

  private static final Pattern MISSING =
      Pattern.compile("^Missing required creator property '([^']*)'");

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

  /** What a description consists of. */
  private static final Set<Class<?>> OF_KEYS =
      Set.of(
          ArrayNames.class,
          Description.Input.class,
          Description.Defaults.class,
          Description.Output.class);

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
      problems.add(file, "has more than %d bytes; it is no description".formatted(MOST_BYTES));
      throw problems.refusal();
    }
    String text = Files.readString(file);
    try {
      requirePlain(text);
      JsonNode tree = YAML.readTree(text);
      List<String> unknown = unknownKeys("", tree, Description.class);
      if (unknown.isEmpty()) {
        return YAML.treeToValue(tree, Description.class);
      }
      unknown.forEach(reason -> problems.add(file, reason));
    } catch (JsonProcessingException e) {
      problems.add(file, sentence(e) + line(e));
    }
    throw problems.refusal();
  }

  /** A sentence for each key that a record, or one inside it, does not have. */
  private static List<String> unknownKeys(String place, JsonNode node, Class<?> type) {
    List<String> sentences = new ArrayList<>();
    Map<String, Class<?>> known = new TreeMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      known.put(kebab(component.getName()), component.getType());
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              Class<?> inner = known.get(key);
              if (inner == null) {
                sentences.add(
                    "%sthere is no key '%s' here%s There are: %s."
                        .formatted(
                            place,
                            key,
                            Nearest.hint(key, known.keySet()),
                            String.join(", ", known.keySet())));
              } else if (OF_KEYS.contains(inner)) {
                sentences.addAll(unknownKeys(key + ": ", node.get(key), inner));
              }
            });
    return sentences;
  }

  private static String kebab(String component) {
    return component.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /**
   * @throws JsonProcessingException if it is no YAML
   */
  private void requirePlain(String text) throws IOException {
    try (YAMLParser parser = YAML.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
          problems.add(
              file,
              "line %d: anchors, aliases and tags of YAML are not read here"
                  .formatted(parser.currentLocation().getLineNr()));
          throw problems.refusal();
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
                layer(name, node).ifPresent(layer -> layers.put(name, layer));
              } catch (JsonProcessingException e) {
                problems.add(file, name, sentence(e));
              } catch (IllegalArgumentException e) {
                problems.add(file, name, e.getMessage());
              }
            });
    return layers;
  }

  private Optional<Layer> layer(String name, JsonNode node) throws JsonProcessingException {
    if (!(node instanceof ObjectNode given)) {
      throw new IllegalArgumentException(
          "expected keys and values, as in {channels: 16}, not " + node);
    }
    ObjectNode rest = given.deepCopy();
    JsonNode kind = rest.remove("kind");
    String kindName = kind == null ? CONVOLUTION : kind.asText();
    Class<? extends Layer> type = KINDS.get(kindName);
    if (type == null) {
      throw new IllegalArgumentException(
          "there is no kind '%s'%s There are: %s."
              .formatted(
                  kindName,
                  Nearest.hint(kindName, KINDS.keySet()),
                  String.join(", ", KINDS.keySet())));
    }
    List<String> unknown = unknownKeys("", rest, type);
    unknown.forEach(reason -> problems.add(file, name, reason));
    return unknown.isEmpty() ? Optional.of(YAML.treeToValue(rest, type)) : Optional.empty();
  }

  private static String sentence(JsonProcessingException e) {
    Matcher missing = MISSING.matcher(e.getOriginalMessage());
    if (missing.find()) {
      return "the key '%s' is missing".formatted(missing.group(1));
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
}
