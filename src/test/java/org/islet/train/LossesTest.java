package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.volume.Size;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class LossesTest {

  private static final Size SIZE = new Size(8, 4, 3);

  /** A loss as a function of Java arrays, x fastest, with its gradient by the estimate. */
  private static final class Loss implements AutoCloseable {

    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Placeholder<TFloat32> estimate = tf.placeholder(TFloat32.class);
    private final Placeholder<TFloat32> truth = tf.placeholder(TFloat32.class);
    private final Operand<TFloat32> loss;
    private final Operand<TFloat32> gradient;
    private final Session session;

    Loss(BiFunction<Losses, List<Operand<TFloat32>>, Operand<TFloat32>> kind) {
      loss = kind.apply(new Losses(tf), List.of(estimate, truth));
      gradient = tf.gradients(loss, List.of(estimate)).dy(0);
      session = new Session(graph);
    }

    static Loss dice() {
      return new Loss((losses, x) -> losses.dice(x.get(0), x.get(1)));
    }

    static Loss centre() {
      return new Loss((losses, x) -> losses.centre(x.get(0), x.get(1)));
    }

    double of(float[] p, float[] t) {
      return fetch(loss, p, t)[0];
    }

    float[] gradient(float[] p, float[] t) {
      return fetch(gradient, p, t);
    }

    private float[] fetch(Operand<TFloat32> what, float[] p, float[] t) {
      try (TFloat32 x = TinyNetworks.tensor(SIZE, p);
          TFloat32 y = TinyNetworks.tensor(SIZE, t);
          var result = session.runner().feed(estimate, x).feed(truth, y).fetch(what).run()) {
        return TinyNetworks.floats((TFloat32) result.get(0));
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  private static float[] voxels(int... at) {
    float[] mask = new float[SIZE.count()];
    for (int i : at) {
      mask[i] = 1;
    }
    return mask;
  }

  @Example
  void dice_counts_what_both_hold() {
    try (Loss dice = Loss.dice()) {
      // 2 voxels of 3 and 4 in common: 1 − (2·2 + 1) / (3 + 4 + 1).
      assertEquals(1 - 5 / 8.0, dice.of(voxels(1, 2, 3), voxels(2, 3, 4, 5)), 1e-6);
      assertEquals(0, dice.of(voxels(), voxels()), 1e-6);
    }
  }

  @Example
  void centres_are_compared_slice_by_slice_where_there_is_truth() {
    float[] truth = voxels(SIZE.index(1, 1, 0), SIZE.index(3, 1, 0), SIZE.index(5, 2, 1));
    float[] estimate =
        voxels(SIZE.index(4, 1, 0), SIZE.index(5, 3, 1), SIZE.index(0, 0, 2), SIZE.index(7, 3, 2));
    try (Loss centre = Loss.centre()) {
      // Slice 0: x 2 of 8 against 4, and against 2 for the voxel more: 3. Slice 1: y 2 of 4 against
      // 3, and 2 for the voxel more: 2.5. Slice 2 holds no truth.
      double expected = (0.125 * 0.125 + 0.125 * 0.125) / 2;
      assertEquals(expected, centre.of(estimate, truth), 1e-7);
      assertEquals(0, centre.of(truth, truth), 1e-9);
      assertEquals(0, centre.of(estimate, voxels()), 1e-9);
    }
  }

  @Example
  void an_isolated_false_positive_far_away_weighs_more_than_one_nearby() {
    float[] truth = voxels(SIZE.index(1, 1, 0), SIZE.index(2, 1, 0));
    float[] near = voxels(SIZE.index(1, 1, 0), SIZE.index(2, 1, 0), SIZE.index(3, 1, 0));
    float[] far = voxels(SIZE.index(1, 1, 0), SIZE.index(2, 1, 0), SIZE.index(7, 1, 0));
    try (Loss centre = Loss.centre();
        Loss dice = Loss.dice()) {
      assertEquals(dice.of(near, truth), dice.of(far, truth), 1e-7);
      assertTrue(centre.of(far, truth) > 10 * centre.of(near, truth));
    }
  }

  @Example
  void of_a_larger_estimate_the_voxel_more_is_a_small_part() {
    float[] truth = new float[SIZE.count()];
    float[] estimate = new float[SIZE.count()];
    for (int j = 0; j < SIZE.y(); j++) {
      for (int i = 0; i < 4; i++) {
        truth[SIZE.index(i, j, 0)] = 1;
        estimate[SIZE.index(i + 4, j, 0)] = 1;
      }
    }
    double voxels = 4 * SIZE.y();
    double distance = 0.5 * voxels / (voxels + 1);
    try (Loss centre = Loss.centre()) {
      assertEquals(distance * distance, centre.of(estimate, truth), 1e-6);
    }
  }

  @Example
  void an_estimate_that_is_all_but_empty_has_small_gradients() {
    float[] truth = voxels(SIZE.index(1, 1, 0));
    float[] estimate = voxels();
    estimate[SIZE.index(7, 3, 0)] = 1e-3f;
    try (Loss centre = Loss.centre()) {
      for (float g : centre.gradient(estimate, truth)) {
        assertEquals(0, g, 0.01);
      }
    }
  }

  @Property(tries = 20)
  void gradients_are_the_slopes(@ForAll long seed) {
    java.util.Random random = new java.util.Random(seed);
    float[] estimate = new float[SIZE.count()];
    float[] truth = new float[SIZE.count()];
    for (int i = 0; i < estimate.length; i++) {
      estimate[i] = 0.1f + 0.8f * random.nextFloat();
      truth[i] = random.nextInt(4) == 0 ? 1 : 0;
    }
    for (Loss loss : List.of(Loss.dice(), Loss.centre())) {
      try (loss) {
        float[] gradient = loss.gradient(estimate, truth);
        double largest = 0;
        for (float g : gradient) {
          largest = Math.max(largest, Math.abs(g));
        }
        for (int i = 0; i < 5; i++) {
          int at = random.nextInt(estimate.length);
          assertEquals(gradient[at], slope(loss, estimate, truth, at), 0.02 * largest);
        }
      }
    }
  }

  private static double slope(Loss loss, float[] estimate, float[] truth, int at) {
    float step = 0.02f;
    float[] more = estimate.clone();
    more[at] += step;
    float[] less = estimate.clone();
    less[at] -= step;
    return (loss.of(more, truth) - loss.of(less, truth)) / (more[at] - less[at]);
  }

  @Example
  void coarser_resolutions_weigh_half_as_much_each() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Losses losses = new Losses(tf);
      Operand<TFloat32> sum =
          losses.weighted(List.of(tf.constant(7f), tf.constant(14f), tf.constant(28f)));
      try (Session session = new Session(graph);
          var result = session.runner().fetch(sum).run()) {
        // Weights 4/7, 2/7 and 1/7.
        assertEquals(12, ((TFloat32) result.get(0)).getFloat(), 1e-5);
      }
    }
  }
}
