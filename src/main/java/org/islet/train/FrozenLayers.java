package org.islet.train;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Layers whose weights are constants of the graph, so that TensorFlow can fuse bias and ReLU into
 * the convolutions and keep the filters in the order that oneDNN wants.
 */
final class FrozenLayers implements Layers {

  private final Ops tf;
  private final LearntWeights weights;

  FrozenLayers(Ops tf, LearntWeights weights) {
    this.tf = tf;
    this.weights = weights;
  }

  @Override
  public Operand<TFloat32> convolution(
      String name, List<Operand<TFloat32>> joined, int kernel, int from, int to, Then then) {
    Operand<TFloat32> x = joined.size() == 1 ? joined.get(0) : tf.concat(joined, tf.constant(4));
    Operand<TFloat32> features =
        tf.nn.biasAdd(
            tf.nn.conv3d(x, constant(name + "/filter"), List.of(1L, 1L, 1L, 1L, 1L), "SAME"),
            constant(name + "/bias"));
    return then == Then.RELU ? tf.nn.relu(features) : features;
  }

  @Override
  public Operand<TFloat32> transposedConvolution(
      String name, Operand<TFloat32> x, Operand<TFloat32> like, int from, int to) {
    return Conv3dGradients.doubling(tf, x, constant(name + "/filter"), tf.shape(like));
  }

  private Operand<TFloat32> constant(String name) {
    LearntWeights.Array array = weights.get(name);
    return tf.constant(array.shape(), DataBuffers.of(array.values(), true, false));
  }
}
