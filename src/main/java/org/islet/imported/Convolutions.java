package org.islet.imported;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * TensorFlow's operations with windows, for slices and volumes alike. Tensors are (n, spatial
 * axes…, channels).
 *
 * @param rank the number of spatial axes, 2 or 3
 */
record Convolutions(Ops tf, int rank) {

  private static final String SAME = "SAME";
  private static final String VALID = "VALID";

  /**
   * @param filter (kernel…, in, out)
   */
  Operand<TFloat32> convolved(Operand<TFloat32> x, Layer.Convolution c, Operand<TFloat32> filter) {
    List<Long> strides = strides(c.stride());
    String padding = named(c);
    Operand<TFloat32> padded = padding == null ? padded(x, c) : x;
    return convolved(padded, filter, strides, padding == null ? VALID : padding);
  }

  private Operand<TFloat32> convolved(
      Operand<TFloat32> x, Operand<TFloat32> filter, List<Long> strides, String padding) {
    return rank == 3
        ? tf.nn.conv3d(x, filter, strides, padding)
        : tf.nn.conv2d(x, filter, strides, padding);
  }

  /** The name of TensorFlow's own padding that is the same; null if none is. */
  private String named(Layer.Convolution c) {
    if (c.padding().isSame()) {
      return SAME;
    }
    boolean none = true;
    boolean half = true;
    for (int a = 0; a < rank; a++) {
      int padding = c.padding().each().along(a);
      none &= padding == 0;
      half &= c.stride().along(a) == 1 && 2 * padding == c.kernel().along(a) - 1;
    }
    return none ? VALID : half ? SAME : null;
  }

  private Operand<TFloat32> padded(Operand<TFloat32> x, Layer.Convolution c) {
    int[][] margins = new int[rank + 2][2];
    for (int a = 0; a < rank; a++) {
      Arrays.fill(margins[a + 1], c.padding().each().along(a));
    }
    return tf.pad(x, tf.constant(margins), tf.constant(0f));
  }

  /**
   * @param filter (kernel…, out, in)
   */
  Operand<TFloat32> transposed(
      Operand<TFloat32> x, Node node, Layer.TransposedConvolution c, Operand<TFloat32> filter) {
    int[] scale = new int[rank + 2];
    int[] added = new int[rank + 2];
    int[] begin = new int[rank + 2];
    int[] cut = new int[rank + 2];
    scale[0] = 1;
    added[rank + 1] = node.channels();
    for (int a = 0; a < rank; a++) {
      int stride = c.stride().along(a);
      scale[a + 1] = stride;
      added[a + 1] = c.kernel().along(a) - stride + c.outputPadding().along(a);
      begin[a + 1] = c.padding().along(a);
      cut[a + 1] = 2 * c.padding().along(a);
    }
    Operand<TInt32> whole =
        tf.math.add(tf.math.mul(tf.shape(x), tf.constant(scale)), tf.constant(added));
    Operand<TFloat32> y =
        rank == 3
            ? tf.nn.conv3dBackpropInput(whole, filter, x, strides(c.stride()), VALID)
            : tf.nn.conv2dBackpropInput(whole, filter, x, strides(c.stride()), VALID);
    return c.padding().most() == 0
        ? y
        : tf.slice(y, tf.constant(begin), tf.math.sub(whole, tf.constant(cut)));
  }

  Operand<TFloat32> largest(Operand<TFloat32> x, Layer.MaxPooling p) {
    return rank == 3
        ? tf.nn.maxPool3d(x, strides(p.kernel()), strides(p.stride()), VALID)
        : tf.nn.maxPool(x, constant(p.kernel()), constant(p.stride()), VALID);
  }

  private Operand<TInt32> constant(Lengths lengths) {
    return tf.constant(strides(lengths).stream().mapToInt(Long::intValue).toArray());
  }

  private List<Long> strides(Lengths lengths) {
    List<Long> all = new ArrayList<>();
    all.add(1L);
    for (int length : lengths.toArray(rank)) {
      all.add((long) length);
    }
    all.add(1L);
    return all;
  }
}
