package org.islet.imported;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer in its place in the network.
 *
 * @param layer as described, with nothing left open; null for the network's input
 * @param inputs what goes in
 * @param channels that come out
 * @param size the voxels that come out along each axis
 * @param reach along each axis
 */
record Node(
    String name,
    Layer layer,
    List<Node> inputs,
    int channels,
    List<Integer> size,
    List<Reach> reach) {

  /** The name of the network's input. */
  static final String INPUT = "input";

  /** The only input of a layer that takes one. */
  Node input() {
    return inputs.get(0);
  }

  /** The voxels that come out. */
  long voxels() {
    return size.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** The numbers that come out, in bytes. */
  long bytes() {
    return Math.multiplyExact(voxels(), (long) Float.BYTES * channels);
  }

  /** The size as in {@code 72×72×72}. */
  String sizeText() {
    return text(size);
  }

  static String text(List<Integer> size) {
    return size.stream().map(String::valueOf).collect(Collectors.joining("×"));
  }

  static String text(int... size) {
    return text(Arrays.stream(size).boxed().toList());
  }
}
