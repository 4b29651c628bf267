package org.islet.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.islet.train.Architecture.Normalisation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Layers whose weights are variables of the graph, initialised as He et al. (2015) propose for
 * ReLU. With batch normalisation, the statistics of each step's features normalise that step, and
 * their running sums are kept for export: each step's share is 3 % and shrinks as others come, and
 * all shares so far are {@link LearntWeights#STATISTICS_SHARE}.
 */
final class LearningLayers implements Layers {

  static final float EPSILON = 1e-3f;
  private static final float MOMENTUM = 0.97f;

  /** The logit that a network begins with everywhere, since the organ is a small part of a CT. */
  private static final float RARE = -2;

  private final Ops tf;
  private final Normalisation normalisation;
  private final Variables variables;
  private final SplittableRandom random;
  private final Map<String, Variable<TFloat32>> learnt = new LinkedHashMap<>();
  private final Map<Variable<TFloat32>, Operand<TFloat32>> latestStatistics = new LinkedHashMap<>();

  LearningLayers(Ops tf, Normalisation normalisation, Variables variables, long seed) {
    this.tf = tf;
    this.normalisation = normalisation;
    this.variables = variables;
    this.random = new SplittableRandom(seed);
  }

  /** The variables that training changes by gradient, by name. */
  Map<String, Variable<TFloat32>> learnt() {
    return learnt;
  }

  /** What takes the last step's feature statistics into the running sums. */
  List<Op> statisticsUpdates() {
    if (latestStatistics.isEmpty()) {
      return List.of();
    }
    List<Op> updates = new ArrayList<>();
    Variable<TFloat32> share = variables.add(LearntWeights.STATISTICS_SHARE, Shape.scalar(), 0);
    updates.add(movedTowards(share, tf.constant(1f)));
    latestStatistics.forEach((running, now) -> updates.add(movedTowards(running, now)));
    return updates;
  }

  private Op movedTowards(Variable<TFloat32> running, Operand<TFloat32> now) {
    return tf.assignSub(running, tf.math.mul(tf.math.sub(running, now), tf.constant(1 - MOMENTUM)));
  }

  @Override
  public Operand<TFloat32> convolution(
      String name, List<Operand<TFloat32>> joined, int kernel, int from, int to, Then then) {
    int channels = joined.size() * from;
    Shape shape = Shape.of(kernel, kernel, kernel, channels, to);
    Operand<TFloat32> filter =
        heNormal(name + "/filter", shape, kernel * kernel * kernel * channels);
    Operand<TFloat32> features = convolved(joined, filter, from, to);
    boolean normalised =
        normalisation == Normalisation.BATCH && (then == Then.RELU || then == Then.NORMALISED);
    Operand<TFloat32> biased =
        normalised
            ? batchNormalised(name, features, to)
            : tf.nn.biasAdd(features, learnt(name + "/bias", to, then == Then.LOGITS ? RARE : 0));
    return then == Then.RELU ? tf.nn.relu(biased) : biased;
  }

  /**
   * The sum of each part's convolution with its part of the filter: nothing is joined, and nothing
   * cut apart on the way back, which takes longer than adding.
   */
  private Operand<TFloat32> convolved(
      List<Operand<TFloat32>> joined, Operand<TFloat32> filter, int from, int to) {
    if (joined.size() == 1) {
      return Conv3dGradients.convolution(tf, joined.get(0), filter, from, to);
    }
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (Operand<TFloat32> x : joined) {
      Operand<TFloat32> own =
          tf.slice(
              filter,
              tf.constant(new int[] {0, 0, 0, terms.size() * from, 0}),
              tf.constant(new int[] {-1, -1, -1, from, -1}));
      terms.add(Conv3dGradients.convolution(tf, x, own, from, to));
    }
    return tf.math.addN(terms);
  }

  @Override
  public Operand<TFloat32> transposedConvolution(
      String name, Operand<TFloat32> x, Operand<TFloat32> like, int from, int to) {
    Operand<TFloat32> filter = heNormal(name + "/filter", Shape.of(2, 2, 2, to, from), from);
    return Conv3dGradients.doubling(tf, x, filter, tf.shape(like));
  }

  /** Voxels are given as a row, since oneDNN normalises images, not volumes. */
  private Operand<TFloat32> batchNormalised(String name, Operand<TFloat32> x, int channels) {
    Operand<TFloat32> scale = learnt(name + "/scale", channels, 1);
    Operand<TFloat32> bias = learnt(name + "/bias", channels, 0);
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> normalised =
        tf.nn.fusedBatchNorm(
            tf.reshape(x, tf.constant(new int[] {1, 1, -1, channels})),
            scale,
            bias,
            none,
            none,
            FusedBatchNorm.epsilon(EPSILON),
            FusedBatchNorm.dataFormat("NHWC"),
            FusedBatchNorm.isTraining(true));
    latestStatistics.put(
        variables.add(name + "/mean", Shape.of(channels), 0), normalised.batchMean());
    latestStatistics.put(
        variables.add(name + "/variance", Shape.of(channels), 0), normalised.batchVariance());
    return tf.reshape(normalised.y(), tf.shape(x));
  }

  private Variable<TFloat32> heNormal(String name, Shape shape, int fanIn) {
    double deviation = Math.sqrt(2.0 / fanIn);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * nextGaussian());
    }
    return keptAsLearnt(name, variables.add(name, shape, values));
  }

  private double nextGaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private Variable<TFloat32> learnt(String name, int channels, float value) {
    return keptAsLearnt(name, variables.add(name, Shape.of(channels), value));
  }

  private Variable<TFloat32> keptAsLearnt(String name, Variable<TFloat32> variable) {
    learnt.put(name, variable);
    return variable;
  }
}
