package org.islet.imported;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.islet.model.PlainYaml;
import org.islet.stage.Nearest;

/** Reads a description, and its layers one by one, so that all that are wrong are named at once. */
final class DescriptionFile {

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

  private static final KebabCaseStrategy KEBAB = new KebabCaseStrategy();

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
    Description description = keys();
    if (description.layers().containsKey(Node.INPUT)) {
      problems.add(
          file, Node.INPUT, "this is what the network's input is called; rename the layer");
      throw problems.refusal();
    }
    return description;
  }

  private Description keys() throws IOException {
    try {
      String text = PlainYaml.text(file);
      List<String> unknown =
          unknownKeys("", PlainYaml.read(text, JsonNode.class), Description.class);
      if (unknown.isEmpty()) {
        return PlainYaml.read(text, Description.class);
      }
      unknown.forEach(reason -> problems.add(file, reason));
    } catch (JsonProcessingException e) {
      problems.add(file, PlainYaml.mistake(e));
    } catch (CharacterCodingException e) {
      problems.add(file, "is no text in UTF-8; save it as such");
    } catch (FileSystemException e) {
      problems.add(
          file,
          "cannot be read (%s); a text that Islet may read was expected"
              .formatted(PlainYaml.reason(e)));
    }
    throw problems.refusal();
  }

  /** A sentence for each key that a record, or one inside it, does not have. */
  private static List<String> unknownKeys(String place, JsonNode node, Class<?> type) {
    List<String> sentences = new ArrayList<>();
    Map<String, Class<?>> known = new TreeMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      known.put(KEBAB.translate(component.getName()), component.getType());
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              Class<?> inner = known.get(key);
              if (inner == null) {
                sentences.add(
                    "%sthere is no key '%s' here%s %s"
                        .formatted(
                            place,
                            key,
                            Nearest.sureHint(key, known.keySet()),
                            Nearest.listed("There are", known.keySet())));
              } else if (OF_KEYS.contains(inner)) {
                sentences.addAll(unknownKeys(key + ": ", node.get(key), inner));
              }
            });
    return sentences;
  }

  /** The layers in order, with nothing left open but their inputs; nothing for a wrong one. */
  Map<String, Optional<Layer>> layers(Description description) {
    Completion completion =
        new Completion(description.convolutions(), description.weights().order().epsilon());
    Map<String, Optional<Layer>> layers = new LinkedHashMap<>();
    description
        .layers()
        .forEach(
            (name, node) -> {
              layers.put(name, Optional.empty());
              try {
                layers.put(name, layer(name, node).map(given -> whole(completion, name, given)));
              } catch (JsonProcessingException e) {
                problems.add(file, name, PlainYaml.mistake(e));
              } catch (IllegalArgumentException e) {
                problems.add(file, name, e.getMessage());
              }
            });
    requireUse(description.convolutions(), layers);
    return layers;
  }

  private static Layer whole(Completion completion, String name, Layer given) {
    Layer whole = completion.complete(name, given);
    Ranges.require(given, whole);
    return whole;
  }

  private void requireUse(Description.Defaults convolutions, Map<String, Optional<Layer>> layers) {
    boolean used =
        layers.values().stream()
            .anyMatch(layer -> layer.map(DescriptionFile::isLeakyConvolution).orElse(true));
    if (convolutions.slope() != null && !used) {
      problems.add(
          file,
          "convolutions.slope is of activation: leaky-relu, and no convolution has it; leave it"
              + " out");
    }
  }

  private static boolean isLeakyConvolution(Layer layer) {
    return layer instanceof Layer.Convolution && layer.activation() == Activation.LEAKY_RELU;
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
          "there is no kind '%s'%s"
              .formatted(kindName, Nearest.among(kindName, "There are", KINDS.keySet())));
    }
    List<String> unknown = unknownKeys("", rest, type);
    unknown.forEach(reason -> problems.add(file, name, reason));
    return unknown.isEmpty() ? Optional.of(PlainYaml.read(rest, type)) : Optional.empty();
  }
}
