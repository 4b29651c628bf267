package org.islet.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.islet.train.Architecture.Normalisation;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Layers whose weights are variables of the graph, initialised as He et al. (2015) propose for
 * ReLU, or to what was learnt before. With batch normalisation, the statistics of each step's
 * features normalise that step, and their running means are kept for export.
 */
final class LearningLayers implements Layers {

  static final float EPSILON = 1e-5f;
  private static final float MOMENTUM = 0.97f;

  /** The logit that a network begins with everywhere, since the organ is a small part of a CT. */
  private static final float RARE = -2;

  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L, 1L);
  private static final List<Long> STRIDE_2 = List.of(1L, 2L, 2L, 2L, 1L);

  private final Ops tf;
  private final Normalisation normalisation;
  private final SplittableRandom random;
  private final LearntWeights first;
  private final Map<String, Variable<TFloat32>> learnt = new LinkedHashMap<>();
  private final Map<String, Variable<TFloat32>> statistics = new LinkedHashMap<>();
  private final Map<Variable<TFloat32>, Operand<TFloat32>> latestStatistics = new LinkedHashMap<>();
  private final List<Op> initialisers = new ArrayList<>();

  LearningLayers(Ops tf, Normalisation normalisation, long seed, LearntWeights first) {
    this.tf = tf;
    this.normalisation = normalisation;
    this.random = new SplittableRandom(seed);
    this.first = first;
  }

  /** The variables that training changes by gradient, by name. */
  Map<String, Variable<TFloat32>> learnt() {
    return learnt;
  }

  /** What sets every variable to its first value. */
  List<Op> initialisers() {
    return initialisers;
  }

  /** What takes the last step's feature statistics into the running means. */
  List<Op> statisticsUpdates(Ops tf) {
    List<Op> updates = new ArrayList<>();
    latestStatistics.forEach(
        (running, now) ->
            updates.add(
                tf.assignSub(
                    running, tf.math.mul(tf.math.sub(running, now), tf.constant(1 - MOMENTUM)))));
    return updates;
  }

  @Override
  public Operand<TFloat32> convolution(
      String name, Operand<TFloat32> x, int kernel, int from, int to, boolean hidden) {
    Shape shape = Shape.of(kernel, kernel, kernel, from, to);
    Operand<TFloat32> filter = heNormal(name + "/filter", shape, kernel * kernel * kernel * from);
    Operand<TFloat32> features = tf.nn.conv3d(x, filter, STRIDE_1, "SAME");
    if (!hidden) {
      return tf.nn.biasAdd(features, constant(learnt, name + "/bias", to, RARE));
    }
    return tf.nn.relu(
        normalisation == Normalisation.BATCH
            ? batchNormalised(name, features, to)
            : tf.nn.biasAdd(features, constant(learnt, name + "/bias", to, 0)));
  }

  @Override
  public Operand<TFloat32> transposedConvolution(
      String name, Operand<TFloat32> x, Operand<TFloat32> like, int from, int to) {
    Operand<TFloat32> filter = heNormal(name + "/filter", Shape.of(2, 2, 2, to, from), from);
    return tf.nn.conv3dBackpropInput(tf.shape(like), filter, x, STRIDE_2, "VALID");
  }

  private Operand<TFloat32> batchNormalised(String name, Operand<TFloat32> x, int channels) {
    Operand<TFloat32> scale = constant(learnt, name + "/scale", channels, 1);
    Operand<TFloat32> bias = constant(learnt, name + "/bias", channels, 0);
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> normalised =
        tf.nn.fusedBatchNorm(
            x,
            scale,
            bias,
            none,
            none,
            FusedBatchNorm.epsilon(EPSILON),
            FusedBatchNorm.dataFormat("NDHWC"),
            FusedBatchNorm.isTraining(true));
    latestStatistics.put(constant(statistics, name + "/mean", channels, 0), normalised.batchMean());
    latestStatistics.put(
        constant(statistics, name + "/variance", channels, 1), normalised.batchVariance());
    return normalised.y();
  }

  private Variable<TFloat32> heNormal(String name, Shape shape, int fanIn) {
    double deviation = Math.sqrt(2.0 / fanIn);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * nextGaussian());
    }
    return variable(learnt, name, shape, values);
  }

  private double nextGaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private Variable<TFloat32> constant(
      Map<String, Variable<TFloat32>> into, String name, int channels, float value) {
    float[] values = new float[channels];
    java.util.Arrays.fill(values, value);
    return variable(into, name, Shape.of(channels), values);
  }

  private Variable<TFloat32> variable(
      Map<String, Variable<TFloat32>> into, String name, Shape shape, float[] fresh) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    float[] values = first.valuesOr(name, fresh);
    initialisers.add(tf.assign(variable, tf.constant(shape, DataBuffers.of(values, true, false))));
    into.put(name, variable);
    return variable;
  }

  /** The values of all weights now, running means folded into the convolutions. */
  LearntWeights weights(Session session) {
    Map<String, Variable<TFloat32>> all = new LinkedHashMap<>(learnt);
    all.putAll(statistics);
    Session.Runner runner = session.runner();
    all.values().forEach(runner::fetch);
    Map<String, LearntWeights.Array> values = new LinkedHashMap<>();
    try (var result = runner.run()) {
      int i = 0;
      for (String name : all.keySet()) {
        TFloat32 tensor = (TFloat32) result.get(i++);
        values.put(name, LearntWeights.Array.of(tensor));
      }
    }
    return new LearntWeights(values).withStatisticsFolded(EPSILON);
  }
}
