package org.islet.imported;

import java.util.Arrays;
import org.islet.imported.Layer.Interpolation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Changes of size, axis by axis: the two neighbours of each new voxel are gathered and weighted,
 * which takes TensorFlow's threads all the way ({@code docs/benchmarks.md}). Tensors are (n,
 * spatial axes…, channels).
 *
 * @param rank the number of spatial axes, 2 or 3
 */
record Resizing(Ops tf, int rank) {

  /**
   * @param like a tensor whose size comes out; null if the layer gives a scale
   */
  Operand<TFloat32> resized(Operand<TFloat32> x, Layer.Resize layer, Operand<TFloat32> like) {
    Operand<TFloat32> y = x;
    for (int axis = rank; axis >= 1; axis--) { // the last axis first, while there is least of it
      Operand<TInt32> from = length(x, axis);
      Operand<TInt32> to =
          like == null
              ? tf.math.mul(from, tf.constant(layer.scale().along(axis - 1)))
              : length(like, axis);
      y =
          layer.interpolation() == Interpolation.LINEAR
              ? interpolated(y, axis, from, to)
              : repeated(y, axis, from, to);
    }
    return y;
  }

  private Operand<TInt32> length(Operand<TFloat32> x, int axis) {
    return tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
  }

  private Operand<TInt32> places(Operand<TInt32> to) {
    return tf.range(tf.constant(0), to, tf.constant(1));
  }

  /** New voxel i lies at (i + 1/2) · from / to − 1/2, but not before the first one's centre. */
  private Operand<TFloat32> interpolated(
      Operand<TFloat32> x, int axis, Operand<TInt32> from, Operand<TInt32> to) {
    Operand<TFloat32> ratio =
        tf.math.div(tf.dtypes.cast(from, TFloat32.class), tf.dtypes.cast(to, TFloat32.class));
    Operand<TFloat32> half = tf.constant(0.5f);
    Operand<TFloat32> place =
        tf.math.maximum(
            tf.math.sub(
                tf.math.mul(tf.math.add(tf.dtypes.cast(places(to), TFloat32.class), half), ratio),
                half),
            tf.constant(0f));
    Operand<TInt32> last = tf.math.sub(from, tf.constant(1));
    Operand<TInt32> low = tf.math.minimum(tf.dtypes.cast(tf.math.floor(place), TInt32.class), last);
    Operand<TInt32> high = tf.math.minimum(tf.math.add(low, tf.constant(1)), last);
    int[] alongAxis = new int[rank + 2];
    Arrays.fill(alongAxis, 1);
    alongAxis[axis] = -1;
    Operand<TFloat32> weight =
        tf.reshape(tf.math.sub(place, tf.dtypes.cast(low, TFloat32.class)), tf.constant(alongAxis));
    Operand<TFloat32> a = tf.gather(x, low, tf.constant(axis));
    Operand<TFloat32> b = tf.gather(x, high, tf.constant(axis));
    return tf.math.add(a, tf.math.mul(weight, tf.math.sub(b, a)));
  }

  /** New voxel i is that at i · from / to, rounded down. */
  private Operand<TFloat32> repeated(
      Operand<TFloat32> x, int axis, Operand<TInt32> from, Operand<TInt32> to) {
    Operand<TInt32> place = tf.math.floorDiv(tf.math.mul(places(to), from), to);
    return tf.gather(x, place, tf.constant(axis));
  }
}
