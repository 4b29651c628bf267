package org.islet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.islet.model.SessionOptions;
import org.islet.train.Architecture.Normalisation;
import org.islet.volume.Size;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A U-Net that learns: Dice loss + λ · centre loss (Zhao et al. 2019, section 2.3) by Adam (Kingma
 * and Ba 2015). Gradients of several batches, of whatever sizes, add up before the weights change.
 * All native memory is let go on close.
 */
final class Trainer implements AutoCloseable {

  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final String ADAM = "adam/";

  private static final String AVERAGE = "average/";
  private static final String AVERAGE_SHARE = "averages-share";

  /** How much of the weights' averages each step keeps. */
  private static final float KEPT = 0.99f;

  /** The length beyond which a step's gradient is made shorter. */
  private static final float LONGEST_GRADIENT = 1;

  private final Graph graph = new Graph();
  private final Session session;
  private final Variables variables;
  private final Placeholder<TFloat32> input;
  private final Placeholder<TFloat32> truth;
  private final Placeholder<TFloat32> lambda;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> batches;
  private final boolean normalised;
  private final Operand<TFloat32> diceLoss;
  private final Operand<TFloat32> centreLoss;
  private final Operand<TFloat32> gradientNorm;
  private final List<Op> accumulations = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();
  private int accumulated;

  /** What a batch gave: its losses, and the length of the gradient of their sum. */
  record Learnt(double diceLoss, double centreLoss, double gradientNorm) {}

  /**
   * A network that begins with fresh weights, or goes on from a state.
   *
   * @param seed of the fresh weights
   * @param first weights to go on from, by name, perhaps with Adam's averages as {@link #state}
   *     gives them; what they lack begins afresh
   */
  Trainer(Architecture architecture, long seed, LearntWeights first) {
    Conv3dGradients.register();
    Ops tf = Ops.create(graph);
    Shape anySize = Shape.of(-1, -1, -1, -1, 1);
    input = tf.placeholder(TFloat32.class, Placeholder.shape(anySize));
    truth = tf.placeholder(TFloat32.class, Placeholder.shape(anySize));
    lambda = scalar(tf);
    learningRate = scalar(tf);
    batches = scalar(tf);
    normalised = architecture.normalisation() == Normalisation.BATCH;
    variables = new Variables(tf, first);
    LearningLayers layers = new LearningLayers(tf, architecture.normalisation(), variables, seed);
    UNet network = new UNet(tf, architecture, layers);
    List<Operand<TFloat32>> estimates =
        network.supervisedLogits(input).stream().map(network::organ).toList();
    Losses losses = new Losses(tf);
    diceLoss = losses.weighted(diceLosses(tf, losses, estimates));
    centreLoss = losses.centre(estimates.get(0), truth);
    Operand<TFloat32> loss = tf.math.add(diceLoss, tf.math.mul(lambda, centreLoss));
    List<Variable<TFloat32>> learnt = List.copyOf(layers.learnt().values());
    Gradients gradients = tf.gradients(loss, learnt);
    gradientNorm =
        length(tf, IntStream.range(0, learnt.size()).mapToObj(gradients::<TFloat32>dy).toList());
    accumulations.addAll(layers.statisticsUpdates());
    Variables sums = new Variables(tf, LearntWeights.none());
    addAdam(tf, layers.learnt(), gradients, sums);
    if (!normalised) {
      addAverages(tf, layers.learnt());
    }
    session = new Session(graph, SessionOptions.config());
    variables.initialise(session);
    sums.initialise(session);
  }

  private static Placeholder<TFloat32> scalar(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  /** The Dice losses at each resolution, against the truth's mean over each larger voxel. */
  private List<Operand<TFloat32>> diceLosses(
      Ops tf, Losses losses, List<Operand<TFloat32>> estimates) {
    List<Operand<TFloat32>> all = new ArrayList<>();
    Operand<TFloat32> seen = truth;
    for (Operand<TFloat32> estimate : estimates) {
      if (!all.isEmpty()) {
        seen = tf.nn.avgPool3d(seen, UNet.HALVE, UNet.HALVE, "VALID");
      }
      all.add(losses.dice(estimate, seen));
    }
    return all;
  }

  private static Operand<TFloat32> length(Ops tf, List<? extends Operand<TFloat32>> vectors) {
    List<Operand<TFloat32>> halfSquares = new ArrayList<>();
    vectors.forEach(v -> halfSquares.add(tf.nn.l2Loss(v)));
    return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halfSquares)));
  }

  /**
   * Adam on the mean of the gradients that were added up since the weights last changed, no longer
   * than {@link #LONGEST_GRADIENT}.
   */
  private void addAdam(
      Ops tf, Map<String, Variable<TFloat32>> learnt, Gradients gradients, Variables sums) {
    Variable<TFloat32> power1 = variables.add(ADAM + "power-1", Shape.scalar(), BETA_1);
    Variable<TFloat32> power2 = variables.add(ADAM + "power-2", Shape.scalar(), BETA_2);
    List<Variable<TFloat32>> all = new ArrayList<>();
    for (String name : learnt.keySet()) {
      Variable<TFloat32> sum = sums.add(name, learnt.get(name).shape(), 0);
      accumulations.add(tf.assignAdd(sum, gradients.<TFloat32>dy(all.size())));
      all.add(sum);
    }
    Operand<TFloat32> divisor =
        tf.math.maximum(batches, tf.math.div(length(tf, all), tf.constant(LONGEST_GRADIENT)));
    int i = 0;
    for (var entry : learnt.entrySet()) {
      String name = entry.getKey();
      Shape shape = entry.getValue().shape();
      Variable<TFloat32> sum = all.get(i++);
      Op update =
          tf.train.applyAdam(
              entry.getValue(),
              variables.add(ADAM + "m/" + name, shape, 0),
              variables.add(ADAM + "v/" + name, shape, 0),
              power1,
              power2,
              learningRate,
              tf.constant(BETA_1),
              tf.constant(BETA_2),
              tf.constant(1e-8f),
              tf.math.div(sum, divisor));
      updates.add(update);
      Ops after = tf.withControlDependencies(List.of(update));
      updates.add(after.assign(sum, after.zerosLike(sum)));
    }
    Ops last = tf.withControlDependencies(List.copyOf(updates));
    updates.add(last.assign(power1, last.math.mul(power1, last.constant(BETA_1))));
    updates.add(last.assign(power2, last.math.mul(power2, last.constant(BETA_2))));
  }

  /**
   * Keeps the weights' mean over the last steps, the older ones weighing less (Polyak and Juditsky
   * 1992), since a step sees few windows and moves the weights to and fro.
   */
  private void addAverages(Ops tf, Map<String, Variable<TFloat32>> learnt) {
    Ops after = tf.withControlDependencies(List.copyOf(updates));
    Operand<TFloat32> moved = after.constant(1 - KEPT);
    Variable<TFloat32> share = variables.add(AVERAGE_SHARE, Shape.scalar(), 0);
    updates.add(
        after.assignAdd(share, after.math.mul(after.math.sub(after.constant(1f), share), moved)));
    learnt.forEach(
        (name, weight) -> {
          Variable<TFloat32> average = variables.add(AVERAGE + name, weight.shape(), 0);
          updates.add(
              after.assignAdd(average, after.math.mul(after.math.sub(weight, average), moved)));
        });
  }

  /**
   * Computes a batch's gradients and adds them to those that wait for {@link #update}.
   *
   * @param lambda the weight of the centre loss
   * @throws ArithmeticException if a loss or gradient is not a number; no weight has changed
   */
  Learnt learn(Batch batch, double lambda) {
    try (TFloat32 x = tensor(batch, batch.values());
        TFloat32 y = tensor(batch, batch.truth());
        TFloat32 weight = TFloat32.scalarOf((float) lambda)) {
      Session.Runner runner =
          session
              .runner()
              .feed(input, x)
              .feed(truth, y)
              .feed(this.lambda, weight)
              .fetch(diceLoss)
              .fetch(centreLoss)
              .fetch(gradientNorm);
      accumulations.forEach(runner::addTarget);
      try (var result = runner.run()) {
        Learnt learnt = new Learnt(value(result, 0), value(result, 1), value(result, 2));
        if (!Double.isFinite(learnt.diceLoss() + learnt.centreLoss() + learnt.gradientNorm())) {
          throw new ArithmeticException(
              ("The Dice loss (%s), the centre loss (%s) or the length of their gradient (%s) is not"
                      + " a number: lower the learning rate.")
                  .formatted(learnt.diceLoss(), learnt.centreLoss(), learnt.gradientNorm()));
        }
        accumulated++;
        return learnt;
      }
    }
  }

  private static double value(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }

  /**
   * Changes the weights by the mean gradient of the batches since the last update.
   *
   * @throws IllegalStateException if there is none
   */
  void update(double rate) {
    if (accumulated == 0) {
      throw new IllegalStateException("There is no gradient to update by: learn first.");
    }
    try (TFloat32 r = TFloat32.scalarOf((float) rate);
        TFloat32 n = TFloat32.scalarOf(accumulated)) {
      Session.Runner runner = session.runner().feed(learningRate, r).feed(batches, n);
      updates.forEach(runner::addTarget);
      runner.run().close();
    }
    accumulated = 0;
  }

  private static TFloat32 tensor(Batch batch, float[] values) {
    Size size = batch.window();
    return TFloat32.tensorOf(
        Shape.of(batch.count(), size.z(), size.y(), size.x(), 1),
        DataBuffers.of(values, true, false));
  }

  /** All that the next steps depend on: weights, running statistics and Adam's averages. */
  LearntWeights state() {
    return variables.read(session);
  }

  /**
   * The weights ready for export: as they are now with the statistics folded, or where there are
   * none, their mean over the last steps. (The statistics of a mean are not the mean of the
   * statistics.)
   */
  LearntWeights weights() {
    LearntWeights state = state().without(ADAM);
    return normalised
        ? state.withStatisticsFolded(LearningLayers.EPSILON)
        : state.averaged(AVERAGE, AVERAGE_SHARE);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
