package org.islet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.islet.volume.Size;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A U-Net that learns, a batch a step: soft Dice loss (Milletari et al. 2016) over all voxels of
 * the batch together, by Adam (Kingma and Ba 2015). All native memory is let go on close.
 */
final class Trainer implements AutoCloseable {

  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;

  private final Graph graph = new Graph();
  private final Session session;
  private final LearningLayers layers;
  private final Placeholder<TFloat32> input;
  private final Placeholder<TFloat32> truth;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;
  private final Operand<TFloat32> loss;
  private final List<Op> updates = new ArrayList<>();
  private int steps;

  /**
   * A network that begins with fresh weights, or goes on from learnt ones.
   *
   * @param seed of the fresh weights
   * @param first the weights to go on from, by name; a layer that it lacks begins afresh
   */
  Trainer(Architecture architecture, long seed, LearntWeights first) {
    Conv3dGradients.register();
    Ops tf = Ops.create(graph);
    Shape anySize = Shape.of(-1, -1, -1, -1, 1);
    input = tf.placeholder(TFloat32.class, Placeholder.shape(anySize));
    truth = tf.placeholder(TFloat32.class, Placeholder.shape(anySize));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    layers = new LearningLayers(tf, architecture.normalisation(), seed, first);
    UNet network = new UNet(tf, architecture, layers);
    loss = softDice(tf, network.probabilities(network.logits(input)));
    List<Op> initialisers = new ArrayList<>();
    addAdam(tf, initialisers);
    session = new Session(graph);
    run(layers.initialisers());
    run(initialisers);
  }

  private Operand<TFloat32> softDice(Ops tf, Operand<TFloat32> estimate) {
    var all = tf.constant(new int[] {0, 1, 2, 3, 4});
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> shared = tf.reduceSum(tf.math.mul(estimate, truth), all);
    Operand<TFloat32> sum = tf.math.add(tf.reduceSum(estimate, all), tf.reduceSum(truth, all));
    Operand<TFloat32> dice =
        tf.math.div(tf.math.add(tf.math.mul(tf.constant(2f), shared), one), tf.math.add(sum, one));
    return tf.math.sub(one, dice);
  }

  private void addAdam(Ops tf, List<Op> initialisers) {
    List<Variable<TFloat32>> variables = new ArrayList<>(layers.learnt().values());
    var gradients = tf.gradients(loss, variables);
    // No weight changes before every gradient is computed, as gradients are made of weights too.
    Ops afterGradients =
        tf.withControlDependencies(
            IntStream.range(0, variables.size()).<Op>mapToObj(gradients::dy).toList());
    for (int i = 0; i < variables.size(); i++) {
      Variable<TFloat32> variable = variables.get(i);
      Shape shape = variable.shape();
      Variable<TFloat32> m = zeros(tf, shape, initialisers);
      Variable<TFloat32> v = zeros(tf, shape, initialisers);
      updates.add(
          afterGradients.train.applyAdam(
              variable,
              m,
              v,
              beta1Power,
              beta2Power,
              learningRate,
              tf.constant(BETA_1),
              tf.constant(BETA_2),
              tf.constant(1e-8f),
              gradients.<TFloat32>dy(i)));
    }
    updates.addAll(layers.statisticsUpdates(afterGradients));
  }

  private static Variable<TFloat32> zeros(Ops tf, Shape shape, List<Op> initialisers) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    initialisers.add(tf.assign(variable, tf.fill(tf.constant(shape.asArray()), tf.constant(0f))));
    return variable;
  }

  private void run(List<Op> ops) {
    Session.Runner runner = session.runner();
    ops.forEach(runner::addTarget);
    runner.run().close();
  }

  /**
   * Learns from one batch.
   *
   * @return the Dice loss before the step, 0…1
   * @throws ArithmeticException if the loss is not a number
   */
  double step(Batch batch, double rate) {
    steps++;
    try (TFloat32 x = tensor(batch, batch.values());
        TFloat32 y = tensor(batch, batch.truth());
        TFloat32 r = TFloat32.scalarOf((float) rate);
        TFloat32 b1 = TFloat32.scalarOf((float) Math.pow(BETA_1, steps));
        TFloat32 b2 = TFloat32.scalarOf((float) Math.pow(BETA_2, steps))) {
      Session.Runner runner =
          session
              .runner()
              .feed(input, x)
              .feed(truth, y)
              .feed(learningRate, r)
              .feed(beta1Power, b1)
              .feed(beta2Power, b2)
              .fetch(loss);
      updates.forEach(runner::addTarget);
      try (var result = runner.run()) {
        double value = ((TFloat32) result.get(0)).getFloat();
        if (Double.isNaN(value)) {
          throw new ArithmeticException(
              "The loss of step %d is not a number; lower the learning rate (it was %s)."
                  .formatted(steps, rate));
        }
        return value;
      }
    }
  }

  private static TFloat32 tensor(Batch batch, float[] values) {
    Size size = batch.window();
    return TFloat32.tensorOf(
        Shape.of(batch.count(), size.z(), size.y(), size.x(), 1),
        DataBuffers.of(values, true, false));
  }

  /** The weights as they are now, ready for export. */
  LearntWeights weights() {
    return layers.weights(session);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
