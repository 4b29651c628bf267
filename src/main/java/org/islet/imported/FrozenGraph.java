package org.islet.imported;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.islet.format.NpyArray;
import org.islet.imported.Weights.Folded;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * A network as TensorFlow computes it: channels last, weights as constants, which is what oneDNN
 * fuses and runs fastest ({@code docs/decisions/0003-weights-as-constants.md}).
 */
final class FrozenGraph {

  private final Ops tf;
  private final Convolutions convolutions;
  private final Resizing resizing;
  private final Map<String, Folded> weights;
  private final Map<String, Operand<TFloat32>> answers = new HashMap<>();

  /**
   * @param rank the number of spatial axes, 2 or 3
   * @param weights by the layer's name
   */
  FrozenGraph(Ops tf, int rank, Map<String, Folded> weights) {
    this.tf = tf;
    this.convolutions = new Convolutions(tf, rank);
    this.resizing = new Resizing(tf, rank);
    this.weights = weights;
  }

  /**
   * Adds all layers.
   *
   * @param nodes in order, the network's input first
   * @param input (n, spatial axes…, channel)
   * @return the answer of a node, (n, spatial axes…, channels)
   */
  Operand<TFloat32> answer(Iterable<Node> nodes, Operand<TFloat32> input, Node output) {
    for (Node node : nodes) {
      answers.put(node.name(), node.layer() == null ? input : activated(node, computed(node)));
    }
    return answers.get(output.name());
  }

  private Operand<TFloat32> computed(Node node) {
    List<Operand<TFloat32>> inputs =
        node.inputs().stream().map(input -> answers.get(input.name())).toList();
    Operand<TFloat32> x = inputs.get(0);
    Layer layer = node.layer();
    if (layer instanceof Layer.Convolution c) {
      return shifted(node, convolutions.convolved(x, c, filter(node)));
    } else if (layer instanceof Layer.TransposedConvolution c) {
      return shifted(node, convolutions.transposed(x, node, c, filter(node)));
    } else if (layer instanceof Layer.Normalisation) {
      return shifted(node, tf.math.mul(x, tf.constant(weights.get(node.name()).scale())));
    } else if (layer instanceof Layer.MaxPooling p) {
      return convolutions.largest(x, p);
    } else if (layer instanceof Layer.Concatenation) {
      return inputs.size() == 1 ? x : tf.concat(inputs, tf.constant(node.size().size() + 1));
    } else if (layer instanceof Layer.Addition) {
      return inputs.size() == 1 ? x : tf.math.addN(inputs);
    }
    Layer.Resize r = (Layer.Resize) layer;
    return resizing.resized(x, r, r.like() == null ? null : answers.get(r.like()));
  }

  private Operand<TFloat32> filter(Node node) {
    NpyArray filter = weights.get(node.name()).filter();
    long[] shape = filter.shape().stream().mapToLong(Integer::longValue).toArray();
    return tf.constant(Shape.of(shape), DataBuffers.of(filter.values(), true, false));
  }

  private Operand<TFloat32> shifted(Node node, Operand<TFloat32> x) {
    return tf.nn.biasAdd(x, tf.constant(weights.get(node.name()).shift()));
  }

  private Operand<TFloat32> activated(Node node, Operand<TFloat32> x) {
    Activation activation = node.layer().activation();
    return switch (activation) {
      case NONE -> x;
      case RELU -> tf.nn.relu(x);
      case LEAKY_RELU -> tf.nn.leakyRelu(x, LeakyRelu.alpha(node.layer().slope().floatValue()));
      case ELU -> tf.nn.elu(x);
      case SIGMOID -> tf.math.sigmoid(x);
    };
  }
}
