package org.islet.route;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.stage.Nearest;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of one mapping and what stands behind them. */
final class Fields {

  /** A key's place and its value. */
  record Field(Location location, Node value) {}

  private final SourceText source;
  private final String owner;
  private final Location location;
  private final boolean isMapping;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  /**
   * Reads a mapping; reports keys that come twice, and values that are no mapping.
   *
   * @param owner what the mapping describes, for sentences
   */
  Fields(SourceText source, String owner, Node node) {
    this.source = source;
    this.owner = owner;
    this.location = source.locationOf(node);
    this.isMapping = node instanceof MappingNode;
    if (!(node instanceof MappingNode mapping)) {
      source.report(location, "'%s' should be followed by keys and their values.".formatted(owner));
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Location place = source.locationOf(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        source.report(place, "a key must be a word.");
      } else if (fields.putIfAbsent(key.getValue(), new Field(place, tuple.getValueNode()))
          != null) {
        source.report(
            place, "the key '%s' is here for a second time; keep one.".formatted(key.getValue()));
      }
    }
  }

  /** Reads the mapping behind a word; reports keys that it does not have, and those it lacks. */
  static Fields of(SourceText source, Vocabulary word, Node node) {
    Fields fields = new Fields(source, word.word(), node).only(word.keys());
    word.requiredKeys().forEach(fields::require);
    Stream.of("id", "description").forEach(fields::text);
    return fields;
  }

  /** Reports every key that is not one of those allowed, and takes it for the one it must mean. */
  Fields only(Collection<String> allowed) {
    Map.copyOf(fields).keySet().stream()
        .filter(key -> !allowed.contains(key))
        .forEach(
            key ->
                Nearest.surely(key, allowed)
                    .ifPresent(meant -> fields.putIfAbsent(meant, fields.get(key))));
    fields.forEach(
        (key, field) -> {
          if (!allowed.contains(key)) {
            source.report(
                field.location,
                "'%s' has no key '%s' in a segmentation route%s"
                    .formatted(owner, key, Nearest.among(key, "It has", allowed)));
          }
        });
    return this;
  }

  private void require(String key) {
    if (isMapping && !fields.containsKey(key)) {
      source.report(location, "'%s' needs the key '%s'.".formatted(owner, key));
    }
  }

  Location location() {
    return location;
  }

  Map<String, Field> all() {
    return fields;
  }

  Optional<Field> get(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** The text of a key; nothing where it is not there, or no text, which is reported. */
  Optional<String> text(String key) {
    return get(key).flatMap(field -> source.text(key, field));
  }

  /** Whether a key is true, which it is not where it is not there. */
  boolean isTrue(String key) {
    return truth(key).equals(Optional.of("true"));
  }

  /** Whether a key is false, which it is not where it is not there. */
  boolean isFalse(String key) {
    return truth(key).equals(Optional.of("false"));
  }

  private Optional<String> truth(String key) {
    Optional<String> text = text(key);
    if (text.isPresent() && !List.of("true", "false").contains(text.get())) {
      source.report(
          fields.get(key).location,
          "'%s' must be true or false, not '%s'.".formatted(key, text.get()));
    }
    return text;
  }

  /** The members of a list; none where the key is not there, or no list, which is reported. */
  List<Node> list(String key) {
    Optional<Field> field = get(key);
    if (field.isEmpty()) {
      return List.of();
    }
    if (field.get().value instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return sequence.getValue();
    }
    source.report(
        field.get().location, "'%s' must be a list, each member behind a '-'.".formatted(key));
    return List.of();
  }
}
