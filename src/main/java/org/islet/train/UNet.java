package org.islet.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The 3D U-Net (Çiçek et al. 2016) in its plain form: per level two convolutions of 3×3×3 with
 * ReLU, max pooling down, transposed convolution up, skip connections by concatenation. Transposed
 * convolution is what oneDNN runs fastest among the ways of upsampling ({@code
 * docs/benchmarks.md}).
 */
final class UNet {

  private static final List<Long> HALVE = List.of(1L, 2L, 2L, 2L, 1L);

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
   * @param input (1, z, y, x, 1), each of z, y, x a multiple of {@link Architecture#divisor}
   * @return (1, z, y, x, classes)
   */
  Operand<TFloat32> logits(Operand<TFloat32> input) {
    Deque<Operand<TFloat32>> skips = new ArrayDeque<>();
    Operand<TFloat32> x = input;
    int channels = 1;
    int last = architecture.levels() - 1;
    for (int level = 0; level <= last; level++) {
      x = twoConvolutions("down" + level, x, channels, architecture.channels(level));
      channels = architecture.channels(level);
      if (level < last) {
        skips.push(x);
        x = tf.nn.maxPool3d(x, HALVE, HALVE, "VALID");
      }
    }
    for (int level = last - 1; level >= 0; level--) {
      int to = architecture.channels(level);
      Operand<TFloat32> skip = skips.pop();
      Operand<TFloat32> up =
          layers.transposedConvolution("up" + level + "/enlarge", x, skip, channels, to);
      x = twoConvolutions("up" + level, tf.concat(List.of(skip, up), tf.constant(4)), 2 * to, to);
      channels = to;
    }
    return layers.convolution("logits", x, 1, channels, architecture.classes(), false);
  }

  /** The probabilities of the classes: sigmoid for one, softmax for more. */
  Operand<TFloat32> probabilities(Operand<TFloat32> logits) {
    return architecture.classes() == 1 ? tf.math.sigmoid(logits) : tf.nn.softmax(logits);
  }

  private Operand<TFloat32> twoConvolutions(String name, Operand<TFloat32> x, int from, int to) {
    Operand<TFloat32> first = layers.convolution(name + "/first", x, 3, from, to, true);
    return layers.convolution(name + "/second", first, 3, to, to, true);
  }
}
