package org.islet.imported;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.islet.stage.Nearest;

/**
 * Puts layers in their places for one size of input: who takes what, how many channels and voxels
 * come out. A layer that cannot be placed is a problem; those that take it, or one that is wrong in
 * itself, are left out silently.
 */
final class Wiring {

  private final Path file;
  private final Problems problems;
  private final Map<String, Optional<Layer>> layers;
  private final Map<String, Node> placed = new LinkedHashMap<>();
  private final List<String> seen = new ArrayList<>();

  /**
   * @param layers in order; nothing for one that is wrong in itself
   * @param problems what is found wrong is added to them
   */
  Wiring(Path file, Map<String, Optional<Layer>> layers, Problems problems) {
    this.file = file;
    this.layers = layers;
    this.problems = problems;
  }

  /**
   * @param size the input's voxels along each axis
   * @return the nodes by name, in order, the network's input first
   */
  Map<String, Node> nodes(List<Integer> size) {
    put(
        new Node(
            Node.INPUT, null, List.of(), 1, size, Collections.nCopies(size.size(), Reach.NONE)));
    layers.forEach(
        (name, layer) -> {
          layer.ifPresent(whole -> place(name, whole));
          seen.add(name);
        });
    return Collections.unmodifiableMap(placed);
  }

  private void place(String name, Layer layer) {
    try {
      inputs(name, layer).ifPresent(inputs -> put(new Placing(name, layer, inputs, placed).node()));
    } catch (IllegalArgumentException e) {
      problems.add(file, name, e.getMessage());
    }
  }

  private void put(Node node) {
    placed.put(node.name(), node);
    if (node.layer() == null) {
      seen.add(node.name());
    }
  }

  /** What a layer takes; nothing if one of those could not be placed. */
  private Optional<List<Node>> inputs(String name, Layer layer) {
    List<String> names =
        layer.inputs() == null ? List.of(seen.get(seen.size() - 1)) : layer.inputs();
    names.forEach(input -> requireEarlier(name, input));
    if (layer instanceof Layer.Resize resize && resize.like() != null) {
      requireEarlier(name, resize.like());
      if (!placed.containsKey(resize.like())) {
        return Optional.empty();
      }
    }
    if (!placed.keySet().containsAll(names)) {
      return Optional.empty();
    }
    return Optional.of(names.stream().map(placed::get).toList());
  }

  private void requireEarlier(String name, String input) {
    if (seen.contains(input)) {
      return;
    }
    if (layers.containsKey(input)) {
      throw new IllegalArgumentException(
          "it takes '%s', which stands %s; a layer stands after all that it takes."
              .formatted(input, input.equals(name) ? "for itself" : "below it"));
    }
    throw new IllegalArgumentException(
        "it takes '%s', but there is no such layer%s".formatted(input, Nearest.hint(input, seen)));
  }
}
