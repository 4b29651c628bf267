package org.islet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.Conv3d;
import org.tensorflow.op.nn.Conv3dBackpropInput;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The gradients of 3-D convolution and of its transpose, which TensorFlow's C++ registry lacks.
 * Every convolution in a network that learns is made by {@link #convolution}, with a kernel of odd
 * lengths, or by {@link #doubling}; a gradient cannot look at shapes, since TensorFlow locks the
 * graph while it adds gradients and would wait for itself to tell one.
 */
final class Conv3dGradients {

  /**
   * The channels with which oneDNN's AVX2 kernel is at its best, in and out: it then takes half as
   * long as the multiplication of matrices that stands in for it where features are to be padded.
   */
  private static final int PIECE = 16;

  /**
   * With up to so many channels, in and out, a filter's gradient is quicker in pieces of features
   * that are padded before. With AVX-512 oneDNN's kernels pad and need no pieces.
   */
  private static final int FEW_CHANNELS =
      Processor.here().flags().contains("avx512f") ? 0 : 2 * PIECE;

  /** What the name of a convolution begins with: its pieces, in and out. */
  private static final Pattern PIECES = Pattern.compile("pieces(\\d+)x(\\d+)");

  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L, 1L);
  private static final List<Long> STRIDE_2 = List.of(1L, 2L, 2L, 2L, 1L);

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
        (tf, inputs, gradients) -> ofDoubling(tf, (Conv3dBackpropInput.Inputs) inputs, gradients));
    registered = true;
  }

  /**
   * A convolution with stride 1 and zero padding, so that the size stays.
   *
   * @param x features, (n, z, y, x, from)
   * @param filter (z, y, x, from, to), of odd lengths
   */
  static Operand<TFloat32> convolution(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> filter, int from, int to) {
    Ops named =
        Math.max(from, to) <= FEW_CHANNELS
            ? tf.withSubScope("pieces%dx%d".formatted(pieces(from), pieces(to)))
            : tf;
    return named.nn.conv3d(x, filter, STRIDE_1, "SAME");
  }

  private static int pieces(int channels) {
    return channels % PIECE == 0 ? channels / PIECE : 1;
  }

  /** The gradients of a {@link #convolution} by features and by filter. */
  private static <T extends TNumber> List<Operand<?>> ofConvolution(
      Ops tf, Conv3d.Inputs<T> op, List<Output<?>> gradients) {
    Operand<T> dy = typed(gradients);
    Operand<TInt32> filterShape = tf.shape(op.filter);
    Matcher pieces = PIECES.matcher(op.getOutputs().op().name());
    return List.of(
        byFeatures(tf, op.filter, dy),
        pieces.lookingAt()
            ? byFilterInPieces(
                tf,
                op.input,
                filterShape,
                dy,
                Integer.parseInt(pieces.group(1)),
                Integer.parseInt(pieces.group(2)))
            : tf.nn.conv3dBackpropFilter(op.input, filterShape, dy, STRIDE_1, "SAME"));
  }

  /**
   * The gradient by filter of a {@link #convolution}, whose features are padded before.
   *
   * @param from into how many equal pieces the channels of x are cut
   * @param to into how many those of dy are
   */
  static <T extends TNumber> Operand<T> byFilterInPieces(
      Ops tf, Operand<T> x, Operand<TInt32> filterShape, Operand<T> dy, int from, int to) {
    Operand<TInt32> kernel =
        tf.slice(filterShape, tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    Operand<TInt32> cuts = tf.constant(new int[] {1, 1, 1, from, to});
    Operand<TInt32> pieceShape = tf.math.div(filterShape, cuts);
    List<Operand<T>> rows = new ArrayList<>();
    for (Operand<T> features : pieces(tf, padded(tf, x, kernel), from)) {
      List<Operand<T>> row = new ArrayList<>();
      for (Operand<T> gradient : pieces(tf, dy, to)) {
        row.add(tf.nn.conv3dBackpropFilter(features, pieceShape, gradient, STRIDE_1, "VALID"));
      }
      rows.add(joined(tf, row, 4));
    }
    return joined(tf, rows, 3);
  }

  private static <T extends TNumber> Operand<T> padded(
      Ops tf, Operand<T> x, Operand<TInt32> kernel) {
    Operand<TInt32> half = tf.math.div(kernel, tf.constant(2));
    Operand<TInt32> none = tf.constant(new int[] {0});
    Operand<TInt32> margins = tf.concat(List.of(none, half, none), tf.constant(0));
    Operand<T> zero = tf.dtypes.cast(tf.constant(0), x.asOutput().type());
    return tf.pad(x, tf.stack(List.of(margins, margins), Stack.axis(1L)), zero);
  }

  private static <T extends TNumber> List<? extends Operand<T>> pieces(
      Ops tf, Operand<T> x, int number) {
    return number == 1 ? List.of(x) : tf.split(tf.constant(4), x, (long) number).output();
  }

  private static <T extends TNumber> Operand<T> joined(Ops tf, List<Operand<T>> parts, int axis) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(axis));
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

  /**
   * A transposed convolution with kernel and stride of 2, which doubles the size along each axis.
   *
   * @param x features, (n, z, y, x, from)
   * @param filter (2, 2, 2, to, from)
   * @param shape of the outcome, (n, 2z, 2y, 2x, to)
   */
  static Operand<TFloat32> doubling(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> filter, Operand<TInt32> shape) {
    return tf.nn.conv3dBackpropInput(shape, filter, x, STRIDE_2, "VALID");
  }

  /**
   * The gradients of {@link #doubling} by output size (none, so zero), by filter and by features,
   * in this order.
   */
  private static <T extends TNumber> List<Operand<?>> ofDoubling(
      Ops tf, Conv3dBackpropInput.Inputs<T> op, List<Output<?>> gradients) {
    Operand<T> dy = typed(gradients);
    return List.of(
        tf.zerosLike(op.inputSizes),
        byFilterOfDoubling(tf, op.outBackprop, tf.shape(op.filter), dy),
        tf.nn.conv3d(dy, op.filter, STRIDE_2, "VALID"));
  }

  /**
   * The gradient by filter of {@link #doubling}. Each voxel of x made a block of 2×2×2 voxels that
   * no other voxel had a part in, so it is one multiplication of matrices.
   */
  private static <T extends TNumber> Operand<T> byFilterOfDoubling(
      Ops tf, Operand<T> x, Operand<TInt32> filterShape, Operand<T> dy) {
    List<Output<TInt32>> size = tf.split(tf.constant(0), tf.shape(x), 5L).output();
    Operand<TInt32> slices = tf.math.mul(size.get(0), size.get(1));
    Operand<TInt32> two = tf.constant(new int[] {2});
    Operand<TInt32> rest = tf.constant(new int[] {-1});
    Operand<TInt32> halved =
        tf.concat(List.of(slices, two, size.get(2), two, size.get(3), rest), tf.constant(0));
    Operand<T> blocks =
        tf.linalg.transpose(tf.reshape(dy, halved), tf.constant(new int[] {0, 2, 4, 1, 3, 5}));
    Operand<TInt32> voxels = tf.math.mul(slices, tf.math.mul(size.get(2), size.get(3)));
    Operand<TInt32> rows = tf.concat(List.of(voxels, rest), tf.constant(0));
    Operand<T> products =
        tf.linalg.matMul(tf.reshape(blocks, rows), tf.reshape(x, rows), MatMul.transposeA(true));
    return tf.reshape(products, filterShape);
  }

  @SuppressWarnings("unchecked")
  private static <T extends TNumber> Operand<T> typed(List<Output<?>> gradients) {
    return (Operand<T>) gradients.get(0);
  }
}
