package org.islet.imported;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network whose layers fit together.
 *
 * @param nodes by name, in order, the network's input first; of an input of its fixed size, or of
 *     some multiple of its divisor
 * @param output the node that answers
 */
record Blueprint(Map<String, Node> nodes, Node output) {

  /** Multiples of a divisor at which a network of any size is tried. */
  private static final List<Integer> MULTIPLES = List.of(2, 3, 5);

  /**
   * Puts a description's layers together.
   *
   * @param layers with nothing left open; nothing for one that is wrong in itself
   * @param problems what is found wrong is added to them
   * @return null if the network has no output that can be placed
   */
  static Blueprint of(
      Path file, Description description, Map<String, Optional<Layer>> layers, Problems problems) {
    Description.Input input = description.input();
    if (input.size() != null) {
      return at(input.size(), file, description, layers, problems);
    }
    Blueprint blueprint = null;
    for (int multiple : MULTIPLES) {
      List<Integer> size = Collections.nCopies(input.rank(), multiple * input.divisor());
      blueprint = at(size, file, description, layers, problems);
      if (!problems.isEmpty()) {
        break;
      }
      blueprint.requireAlignment(file, input.divisor(), problems);
    }
    return blueprint;
  }

  private static Blueprint at(
      List<Integer> size,
      Path file,
      Description description,
      Map<String, Optional<Layer>> layers,
      Problems problems) {
    Map<String, Node> nodes = new Wiring(file, layers, problems).nodes(size);
    String name = description.output().layer();
    if (name == null) {
      name = description.layers().keySet().stream().reduce((a, b) -> b).orElse(Node.INPUT);
    } else if (!description.layers().containsKey(name)) {
      problems.add(file, "output.layer: there is no layer '%s'".formatted(name));
    }
    Node output = nodes.get(name);
    if (output == null) {
      return null;
    }
    Blueprint blueprint = new Blueprint(nodes, output);
    blueprint.requireOutput(file, description.output(), problems);
    if (nodes.size() == layers.size() + 1) { // else one that is left out may take it
      blueprint.requireUse(file, problems);
    }
    return blueprint;
  }

  private void requireOutput(Path file, Description.Output expected, Problems problems) {
    Node input = nodes.get(Node.INPUT);
    if (!output.size().equals(input.size())) {
      problems.add(
          file,
          output.name(),
          "what comes out should have the input's size, %s, but it has %s"
              .formatted(input.sizeText(), output.sizeText()));
    }
    if (expected.channel() < 0 || expected.channel() >= output.channels()) {
      problems.add(
          file,
          output.name(),
          "output.channel should be one of its %d channels, the first being 0, not %d"
              .formatted(output.channels(), expected.channel()));
    }
  }

  private void requireUse(Path file, Problems problems) {
    Set<String> taken = new HashSet<>(Set.of(output.name(), Node.INPUT));
    nodes.values().forEach(node -> node.inputs().forEach(input -> taken.add(input.name())));
    for (String name : nodes.keySet()) {
      if (!taken.contains(name)) {
        problems.add(
            file,
            name,
            "no layer takes it, and it is not the output; remove it or name it as input");
      }
    }
  }

  /**
   * What tiles need: each layer has as many voxels as the input divided by its strides, and the
   * divisor is a multiple of these, so that a voxel sees the same neighbours in a tile as in the
   * whole.
   */
  private void requireAlignment(Path file, int divisor, Problems problems) {
    List<Integer> whole = nodes.get(Node.INPUT).size();
    for (Node node : nodes.values()) {
      for (int a = 0; a < whole.size(); a++) {
        double step = node.reach().get(a).step();
        boolean even = Math.abs(node.size().get(a) * step - whole.get(a)) < 1e-6;
        boolean onBlocks = step < 1 || Math.abs(Math.IEEEremainder(divisor, step)) < 1e-6;
        if (!even || !onBlocks) {
          problems.add(
              file,
              node.name(),
              ("an input of %s gives %s here; of a network of any size each layer has the input's"
                      + " size divided by its strides. Check input.divisor, kernel and padding, or give"
                      + " input.size")
                  .formatted(nodes.get(Node.INPUT).sizeText(), node.sizeText()));
          return;
        }
      }
    }
  }
}
