package org.islet.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.islet.train.Architecture.Block;
import org.islet.train.Layers.Then;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The 3D U-Net (Çiçek et al. 2016): two convolutions of 3×3×3 per level, max pooling down,
 * transposed convolution up, skip connections by concatenation. Transposed convolution is what
 * oneDNN runs fastest among the ways of upsampling ({@code docs/benchmarks.md}).
 */
final class UNet {

  static final List<Long> HALVE = List.of(1L, 2L, 2L, 2L, 1L);

  private final Ops tf;
  private final Architecture architecture;
  private final Layers layers;

  UNet(Ops tf, Architecture architecture, Layers layers) {
    this.tf = tf;
    this.architecture = architecture;
    this.layers = layers;
  }

  /**
   * The network's last features before sigmoid or softmax.
   *
   * @param input (n, z, y, x, 1), each of z, y, x a multiple of {@link Architecture#divisor}
   * @return (n, z, y, x, classes)
   */
  Operand<TFloat32> logits(Operand<TFloat32> input) {
    return head(0, decoded(input).get(0));
  }

  /**
   * The logits at every resolution at which the decoder learns (Zhou et al. 2017; Lee et al. 2015),
   * the full one first, each half as fine as the one before; without deep supervision the full one
   * alone.
   */
  List<Operand<TFloat32>> supervisedLogits(Operand<TFloat32> input) {
    List<Operand<TFloat32>> decoded = decoded(input);
    List<Operand<TFloat32>> logits = new ArrayList<>();
    for (int level = 0; level < (architecture.deepSupervision() ? decoded.size() : 1); level++) {
      logits.add(head(level, decoded.get(level)));
    }
    return logits;
  }

  /** The probabilities of the classes: sigmoid for one, softmax for more. */
  Operand<TFloat32> probabilities(Operand<TFloat32> logits) {
    return architecture.classes() == 1 ? tf.math.sigmoid(logits) : tf.nn.softmax(logits);
  }

  /** The probability of being inside the organ: one class's sigmoid, or all but the background. */
  Operand<TFloat32> organ(Operand<TFloat32> logits) {
    Operand<TFloat32> all = probabilities(logits);
    if (architecture.classes() == 1) {
      return all;
    }
    int[] first = new int[5];
    int[] size = {-1, -1, -1, -1, 1};
    Operand<TFloat32> background = tf.slice(all, tf.constant(first), tf.constant(size));
    return tf.math.sub(tf.constant(1f), background);
  }

  private Operand<TFloat32> head(int level, Operand<TFloat32> features) {
    String name = level == 0 ? "logits" : "logits" + level;
    int channels = architecture.channels(level);
    return layers.convolution(
        name, List.of(features), 1, channels, architecture.classes(), Then.LOGITS);
  }

  /** The decoder's features at each level but the deepest, the full resolution first. */
  private List<Operand<TFloat32>> decoded(Operand<TFloat32> input) {
    Deque<Operand<TFloat32>> skips = new ArrayDeque<>();
    Operand<TFloat32> x = input;
    int channels = 1;
    int last = architecture.levels() - 1;
    for (int level = 0; level <= last; level++) {
      x = block("down" + level, List.of(x), channels, architecture.channels(level));
      channels = architecture.channels(level);
      if (level < last) {
        skips.push(x);
        x = tf.nn.maxPool3d(x, HALVE, HALVE, "VALID");
      }
    }
    Deque<Operand<TFloat32>> decoded = new ArrayDeque<>();
    for (int level = last - 1; level >= 0; level--) {
      String name = "up" + level;
      int to = architecture.channels(level);
      Operand<TFloat32> skip = skips.pop();
      Operand<TFloat32> up = layers.transposedConvolution(name + "/enlarge", x, skip, channels, to);
      Operand<TFloat32> kept = architecture.attention() ? gated(name, skip, up, to) : skip;
      x = block(name, List.of(kept, up), to, to);
      channels = to;
      decoded.push(x);
    }
    return List.copyOf(decoded);
  }

  private Operand<TFloat32> block(String name, List<Operand<TFloat32>> joined, int from, int to) {
    List<Operand<TFloat32>> first =
        List.of(layers.convolution(name + "/first", joined, 3, from, to, Then.RELU));
    if (architecture.block() == Block.PLAIN) {
      return layers.convolution(name + "/second", first, 3, to, to, Then.RELU);
    }
    Operand<TFloat32> second =
        layers.convolution(name + "/second", first, 3, to, to, Then.NORMALISED);
    Operand<TFloat32> shortcut =
        layers.convolution(name + "/shortcut", joined, 1, from, to, Then.NORMALISED);
    return tf.nn.relu(tf.math.add(second, shortcut));
  }

  /**
   * The skip connection's features, each voxel's times how much it matters (additive attention,
   * Oktay et al. 2018); what comes from the coarser level tells.
   */
  private Operand<TFloat32> gated(
      String name, Operand<TFloat32> skip, Operand<TFloat32> up, int channels) {
    int inner = Math.max(1, channels / 2);
    Operand<TFloat32> seen =
        layers.convolution(name + "/gate/skip", List.of(skip), 1, channels, inner, Then.NORMALISED);
    Operand<TFloat32> asked =
        layers.convolution(name + "/gate/up", List.of(up), 1, channels, inner, Then.NORMALISED);
    Operand<TFloat32> both = tf.nn.relu(tf.math.add(seen, asked));
    Operand<TFloat32> weight =
        layers.convolution(name + "/gate/weight", List.of(both), 1, inner, 1, Then.NOTHING);
    return tf.math.mul(skip, tf.math.sigmoid(weight));
  }
}
