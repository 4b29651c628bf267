package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.islet.train.Architecture.Block;
import org.islet.train.Architecture.Normalisation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of the mean squared error of a whole small U-Net against central finite
 * differences: they pass through every kind of layer.
 */
class GradientsTest {

  private static final double STEP = 1e-3;

  /** For single precision and for the kinks of ReLU and max pooling within a step. */
  private static final double TOLERANCE = 0.1;

  /** A network whose weights can be set. */
  private static final class Network implements AutoCloseable {

    private final Graph graph = new Graph();
    private final Session session;
    private final Map<String, Variable<TFloat32>> variables;
    private final Map<String, Placeholder<TFloat32>> values = new LinkedHashMap<>();
    private final Map<String, Op> assignments = new LinkedHashMap<>();
    private final List<Output<?>> gradients = new ArrayList<>();
    private final Operand<TFloat32> probabilities;
    private final Batch batch = TinyNetworks.batch(TinyNetworks.ball(8, 2));

    Network(Architecture architecture) {
      Conv3dGradients.register();
      Ops tf = Ops.create(graph);
      var state = new Variables(tf, LearntWeights.none());
      var layers = new LearningLayers(tf, architecture.normalisation(), state, 8);
      var unet = new UNet(tf, architecture, layers);
      Operand<TFloat32> x = tf.constant(TinyNetworks.tensor(batch.window(), batch.values()));
      Operand<TFloat32> y = tf.constant(TinyNetworks.tensor(batch.window(), batch.truth()));
      probabilities = unet.probabilities(unet.logits(x));
      Operand<TFloat32> loss =
          tf.math.mean(
              tf.math.square(tf.math.sub(probabilities, y)),
              tf.constant(new int[] {0, 1, 2, 3, 4}));
      variables = layers.learnt();
      var all = tf.gradients(loss, List.copyOf(variables.values()));
      for (int i = 0; i < variables.size(); i++) {
        gradients.add(all.dy(i));
      }
      variables.forEach(
          (name, variable) -> {
            Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
            values.put(name, value);
            assignments.put(name, tf.assign(variable, value));
          });
      session = new Session(graph);
      state.initialise(session);
    }

    private float[] fetch(Operand<?> operand) {
      try (var result = session.runner().fetch(operand).run()) {
        return TinyNetworks.floats((TFloat32) result.get(0));
      }
    }

    Map<String, float[]> gradients() {
      Map<String, float[]> found = new LinkedHashMap<>();
      int i = 0;
      for (String name : variables.keySet()) {
        found.put(name, fetch(gradients.get(i++)));
      }
      return found;
    }

    private double loss() {
      float[] answer = fetch(probabilities);
      double sum = 0;
      for (int i = 0; i < answer.length; i++) {
        double error = (double) answer[i] - batch.truth()[i];
        sum += error * error;
      }
      return sum / answer.length;
    }

    private void set(String name, float[] to) {
      try (TFloat32 tensor =
          TFloat32.tensorOf(variables.get(name).shape(), DataBuffers.of(to, true, false))) {
        session
            .runner()
            .feed(values.get(name), tensor)
            .addTarget(assignments.get(name))
            .run()
            .close();
      }
    }

    /** How fast the loss changes if a variable moves in a direction. */
    double slope(String name, float[] direction) {
      float[] here = fetch(variables.get(name));
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] there = here.clone();
        for (int i = 0; i < there.length; i++) {
          there[i] += (float) ((2 * side - 1) * STEP * direction[i]);
        }
        set(name, there);
        losses[side] = loss();
      }
      set(name, here);
      return (losses[1] - losses[0]) / (2 * STEP);
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  static Stream<Architecture> architectures() {
    return Stream.of(
        Architecture.plain(2, 3, Normalisation.NONE, 1),
        Architecture.plain(2, 3, Normalisation.BATCH, 1),
        Architecture.plain(2, 16, Normalisation.NONE, 1),
        new Architecture(2, 3, Block.RESIDUAL, false, false, Normalisation.NONE, 1),
        new Architecture(2, 8, Block.PLAIN, true, false, Normalisation.NONE, 1));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void gradients_are_the_slopes_of_the_loss(Architecture architecture) {
    try (Network network = new Network(architecture)) {
      Map<String, float[]> gradients = network.gradients();
      assertTrue(
          gradients
              .keySet()
              .containsAll(Set.of("down0/first/filter", "up0/enlarge/filter", "logits/bias")));
      gradients.forEach(
          (name, gradient) -> {
            double length = length(gradient);
            assertTrue(length > 1e-5, name + " has no gradient");
            float[] steepest = gradient.clone();
            for (int i = 0; i < steepest.length; i++) {
              steepest[i] /= (float) length;
            }
            assertEquals(length, network.slope(name, steepest), TOLERANCE * length, name);
            for (int i : largest(gradient, 2)) {
              float[] axis = new float[gradient.length];
              axis[i] = 1;
              assertEquals(
                  gradient[i], network.slope(name, axis), TOLERANCE * length, name + " at " + i);
            }
          });
    }
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float v : vector) {
      sum += (double) v * v;
    }
    return Math.sqrt(sum);
  }

  private static List<Integer> largest(float[] vector, int count) {
    return IntStream.range(0, vector.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(vector[i])))
        .limit(count)
        .toList();
  }
}
