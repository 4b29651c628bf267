package org.islet.imported;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network costs for each voxel that goes in.
 *
 * @param bytes the most native memory at one time
 * @param flop additions and multiplications of its convolutions
 * @param radius how many voxels away the input can change the output
 */
record Footprint(long bytes, long flop, int radius) {

  /** What the allocator and oneDNN's scratch pads take on top of the tensors. */
  private static final double MARGIN = 1.2;

  /** Reckons it from what each layer takes and makes, in the order in which they run. */
  static Footprint of(Blueprint blueprint) {
    long voxels = blueprint.nodes().get(Node.INPUT).voxels();
    long products =
        blueprint.nodes().values().stream()
            .mapToLong(Footprint::products)
            .reduce(0, Math::addExact);
    return new Footprint(
        (long) Math.ceil(MARGIN * peak(blueprint) / voxels),
        Math.max(1, Math.round(2.0 * products / voxels)),
        blueprint.output().reach().stream().mapToInt(Reach::radius).max().orElseThrow());
  }

  /** The most that is alive at one time: what a layer takes, makes, and needs on the way. */
  private static long peak(Blueprint blueprint) {
    List<Node> nodes = new ArrayList<>(blueprint.nodes().values());
    Map<String, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (Node input : nodes.get(i).inputs()) {
        lastUse.put(input.name(), i);
      }
    }
    lastUse.put(Node.INPUT, nodes.size()); // whoever feeds it holds it
    lastUse.put(blueprint.output().name(), nodes.size());
    long peak = 0;
    for (int i = 0; i < nodes.size(); i++) {
      long alive = onTheWay(nodes.get(i));
      for (int earlier = 0; earlier <= i; earlier++) {
        if (lastUse.getOrDefault(nodes.get(earlier).name(), 0) >= i || earlier == i) {
          alive = Math.addExact(alive, nodes.get(earlier).bytes());
        }
      }
      peak = Math.max(peak, alive);
    }
    return Math.addExact(peak, blueprint.output().bytes()); // softmax makes another
  }

  /** What a layer needs beside what it takes and makes. */
  private static long onTheWay(Node node) {
    if (node.layer() instanceof Layer.Convolution c && !c.padding().isSame()) {
      long padded = (long) Float.BYTES * node.input().channels();
      for (int a = 0; a < node.size().size(); a++) {
        padded =
            Math.multiplyExact(
                padded, node.input().size().get(a) + 2L * c.padding().each().along(a));
      }
      return padded;
    } else if (node.layer() instanceof Layer.Resize) {
      return 2 * node.bytes(); // both neighbours, and one axis less of them
    } else if (node.layer() instanceof Layer.TransposedConvolution c) {
      return c.padding().most() == 0 ? 0 : 2 * node.bytes();
    }
    return 0;
  }

  /** The multiplications of a convolution. */
  private static long products(Node node) {
    if (!(node.layer() instanceof Layer.Filtered c)) {
      return 0;
    }
    long each = (long) node.input().channels() * node.channels();
    for (int a = 0; a < node.size().size(); a++) {
      each *= c.kernel().along(a);
    }
    Node under = c instanceof Layer.TransposedConvolution ? node.input() : node;
    return Math.multiplyExact(each, under.voxels()); // the filter is laid on each of them
  }
}
