package org.islet.train;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.nn.Conv3d;
import org.tensorflow.op.nn.Conv3dBackpropInput;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The gradients of 3-D convolution and of its transpose, which TensorFlow's C++ registry lacks.
 * Both are linear in the features and in the filter, so each gradient is a convolution again. Every
 * convolution in a network that learns is made by {@link #convolution}, with a kernel of odd
 * lengths; a gradient cannot look at shapes, since TensorFlow locks the graph while it adds
 * gradients and would wait for itself to tell one.
 */
final class Conv3dGradients {

  /** What the name of a convolution begins with whose features are padded before its gradient. */
  private static final String FEW = "few";

  /**
   * Up to so many channels oneDNN's AVX2 kernel, which pads nothing, takes half as long as the
   * multiplication of matrices that stands in for it where features are to be padded; of more
   * channels it takes longer. With AVX-512 its kernels pad.
   */
  private static final int FEW_CHANNELS = Processor.here().flags().contains("avx512f") ? 0 : 16;

  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L, 1L);

  private static boolean registered;

  private Conv3dGradients() {}

  /** Makes the gradients known to this process; later calls do nothing. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  static synchronized void register() {
    if (registered) {
      return;
    }
    TensorFlow.registerCustomGradient(
        (Class) Conv3d.Inputs.class,
        (tf, inputs, gradients) -> ofConvolution(tf, (Conv3d.Inputs) inputs, gradients));
    TensorFlow.registerCustomGradient(
        (Class) Conv3dBackpropInput.Inputs.class,
        (tf, inputs, gradients) ->
            ofTransposedConvolution(tf, (Conv3dBackpropInput.Inputs) inputs, gradients));
    registered = true;
  }

  /**
   * A convolution with stride 1 and zero padding, so that the size stays.
   *
   * @param x features, (n, z, y, x, channels)
   * @param filter (z, y, x, channels, channels out), of odd lengths
   */
  static Operand<TFloat32> convolution(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> filter, int channels) {
    Ops named = channels <= FEW_CHANNELS ? tf.withSubScope(FEW) : tf;
    return named.nn.conv3d(x, filter, STRIDE_1, "SAME");
  }

  /** The gradients of a {@link #convolution} by features and by filter. */
  private static <T extends TNumber> List<Operand<?>> ofConvolution(
      Ops tf, Conv3d.Inputs<T> op, List<Output<?>> gradients) {
    Operand<T> dy = typed(gradients);
    Operand<TInt32> filterShape = tf.shape(op.filter);
    boolean few = op.getOutputs().op().name().startsWith(FEW);
    return List.of(
        byFeatures(tf, op.filter, dy),
        few
            ? byFilterOfPadded(tf, op.input, filterShape, dy)
            : tf.nn.conv3dBackpropFilter(op.input, filterShape, dy, STRIDE_1, "SAME"));
  }

  /** The gradient by filter of a {@link #convolution}, whose features are padded before. */
  static <T extends TNumber> Operand<T> byFilterOfPadded(
      Ops tf, Operand<T> x, Operand<TInt32> filterShape, Operand<T> dy) {
    Operand<TInt32> kernel =
        tf.slice(filterShape, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    Operand<TInt32> half = tf.math.div(kernel, tf.constant(2));
    Operand<TInt32> none = tf.constant(new int[] {0});
    Operand<TInt32> margins = tf.concat(List.of(none, half, none), tf.constant(0));
    Operand<T> zero = tf.dtypes.cast(tf.constant(0), x.asOutput().type());
    Operand<T> padded = tf.pad(x, tf.stack(List.of(margins, margins), Stack.axis(1L)), zero);
    return tf.nn.conv3dBackpropFilter(padded, filterShape, dy, STRIDE_1, "VALID");
  }

  /**
   * The gradient by features of a {@link #convolution}: a convolution with the filter turned
   * around, which oneDNN runs up to twice as fast as {@code conv3dBackpropInput}.
   */
  private static <T extends TNumber> Operand<T> byFeatures(
      Ops tf, Operand<T> filter, Operand<T> dy) {
    Operand<T> turned = tf.reverse(filter, tf.constant(new int[] {0, 1, 2}));
    Operand<T> swapped = tf.linalg.transpose(turned, tf.constant(new int[] {0, 1, 2, 4, 3}));
    return tf.nn.conv3d(dy, swapped, STRIDE_1, "SAME");
  }

  /** The gradients by output size (none, so zero), by filter and by features, in this order. */
  private static <T extends TNumber> List<Operand<?>> ofTransposedConvolution(
      Ops tf, Conv3dBackpropInput.Inputs<T> op, List<Output<?>> gradients) {
    Operand<T> dy = typed(gradients);
    List<Long> strides = longs(op.strides);
    return List.of(
        tf.zerosLike(op.inputSizes),
        tf.nn.conv3dBackpropFilter(dy, tf.shape(op.filter), op.outBackprop, strides, op.padding),
        tf.nn.conv3d(dy, op.filter, strides, op.padding));
  }

  @SuppressWarnings("unchecked")
  private static <T extends TNumber> Operand<T> typed(List<Output<?>> gradients) {
    return (Operand<T>) gradients.get(0);
  }

  private static List<Long> longs(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
