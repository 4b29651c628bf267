package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.islet.train.Architecture.Normalisation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

  private static final Batch BALL = TinyNetworks.batch(TinyNetworks.ball(24, 1));

  private static Trainer fresh(Architecture architecture, long seed) {
    return new Trainer(architecture, seed, LearntWeights.none());
  }

  /** The Dice loss of a batch before the weights change by it. */
  private static double step(Trainer trainer, Batch batch, double rate) {
    double loss = trainer.learn(batch, 0).diceLoss();
    trainer.update(rate);
    return loss;
  }

  private static double[] losses(Architecture architecture, long seed, int steps) {
    double[] losses = new double[steps];
    try (Trainer trainer = fresh(architecture, seed)) {
      for (int i = 0; i < steps; i++) {
        losses[i] = step(trainer, BALL, 0.05);
      }
    }
    return losses;
  }

  @Test
  void learns_a_ball() {
    double[] losses = losses(Architecture.plain(2, 4, Normalisation.BATCH, 1), 2, 60);
    assertTrue(losses[0] > 0.75, Arrays.toString(losses));
    assertTrue(losses[59] < 0.1, Arrays.toString(losses));
  }

  @ParameterizedTest
  @EnumSource(Normalisation.class)
  void a_seed_fixes_the_first_weights_and_what_follows(Normalisation normalisation) {
    Architecture architecture = Architecture.plain(2, 2, normalisation, 1);
    double[] losses = losses(architecture, 5, 5);
    assertArrayEquals(losses, losses(architecture, 5, 5), 1e-5);
    assertNotEquals(losses[0], losses(architecture, 6, 1)[0], 1e-3);
  }

  @Test
  void the_loss_is_dice_of_what_the_exported_weights_answer() {
    Architecture architecture = Architecture.plain(3, 2, Normalisation.NONE, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      step(trainer, BALL, 0.02); // the mean of one step's weights is these
      float[] answer =
          TinyNetworks.probabilities(architecture, trainer.weights(), BALL.window(), BALL.values());
      assertEquals(TinyNetworks.diceLoss(answer, BALL.truth()), step(trainer, BALL, 0.02), 1e-5);
    }
  }

  @Test
  void folded_running_statistics_answer_what_the_normalised_network_answers() {
    Architecture architecture = Architecture.plain(2, 2, Normalisation.BATCH, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      for (int i = 0; i < 10; i++) {
        step(trainer, BALL, 0.05);
      }
      // At rate 0 only the running means move, 3 % of the way each step.
      double loss = 0;
      for (int i = 0; i < 400; i++) {
        loss = step(trainer, BALL, 0);
      }
      float[] answer =
          TinyNetworks.probabilities(architecture, trainer.weights(), BALL.window(), BALL.values());
      assertEquals(loss, TinyNetworks.diceLoss(answer, BALL.truth()), 1e-4);
    }
  }

  @Test
  void a_rate_of_zero_changes_no_weight() {
    Architecture architecture = Architecture.plain(2, 2, Normalisation.NONE, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      LearntWeights before = trainer.weights();
      step(trainer, BALL, 0);
      LearntWeights after = trainer.weights();
      assertEquals(before.arrays().keySet(), after.arrays().keySet());
      for (String name : before.arrays().keySet()) {
        assertArrayEquals(before.get(name).values(), after.get(name).values(), 1e-6f, name);
      }
    }
  }

  @Test
  void the_first_step_of_adam_moves_each_weight_by_the_rate_at_most() {
    Architecture architecture = Architecture.plain(2, 2, Normalisation.NONE, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      float[] before = trainer.weights().get("logits/filter").values();
      step(trainer, BALL, 0.125);
      float[] after = trainer.weights().get("logits/filter").values();
      for (int i = 0; i < before.length; i++) {
        double moved = Math.abs(after[i] - before[i]);
        // m/√v is ±1 in the first step (Kingma and Ba 2015, section 2.1), 0 for a silent weight.
        assertTrue(Math.abs(moved - 0.125) < 1e-3 || moved < 1e-3, "moved by " + moved);
      }
      assertNotEquals(before[0] + before[1], after[0] + after[1]);
    }
  }

  @Test
  void what_is_exported_is_the_mean_of_the_last_steps_weights() {
    String name = "down0/first/filter";
    try (Trainer trainer = fresh(Architecture.plain(2, 2, Normalisation.NONE, 1), 4)) {
      double sum = 0;
      double share = 0;
      for (int i = 0; i < 4; i++) {
        step(trainer, BALL, 0.05);
        sum = 0.99 * sum + 0.01 * trainer.state().get(name).values()[3];
        share = 0.99 * share + 0.01;
        assertEquals(sum / share, trainer.weights().get(name).values()[3], 1e-5);
      }
      assertNotEquals(sum / share, trainer.state().get(name).values()[3], 1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e4})
  void a_gradient_longer_than_1_is_made_shorter(double lambda) {
    try (Trainer trainer = fresh(Architecture.plain(2, 2, Normalisation.NONE, 1), 4)) {
      double longest = 0;
      for (int i = 0; i < 3; i++) {
        longest = Math.max(longest, trainer.learn(BALL, lambda).gradientNorm());
      }
      trainer.update(0.01);
      // The first mean of the gradients is a tenth of their first one (Kingma and Ba 2015, β₁ 0.9).
      assertEquals(0.1 * Math.min(1, longest), lengthOfMean(trainer.state()), 1e-5);
      assertEquals(lambda > 0, longest > 1);
    }
  }

  private static double lengthOfMean(LearntWeights state) {
    double squares = 0;
    for (var array : state.arrays().entrySet()) {
      if (array.getKey().startsWith("adam/m/")) {
        for (float m : array.getValue().values()) {
          squares += m * m;
        }
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void a_loss_that_is_not_a_number_stops_the_training_before_a_weight_changes() {
    Batch broken = new Batch(1, BALL.window(), new float[BALL.values().length], BALL.truth());
    Arrays.fill(broken.values(), Float.NaN);
    try (Trainer trainer = fresh(Architecture.plain(2, 2, Normalisation.NONE, 1), 4)) {
      float[] before = trainer.weights().get("logits/filter").values();
      var refusal = assertThrows(ArithmeticException.class, () -> trainer.learn(broken, 0));
      assertEquals(
          "The Dice loss (NaN), the centre loss (NaN) or the length of their gradient (NaN) is not a"
              + " number: lower the learning rate.",
          refusal.getMessage());
      assertArrayEquals(before, trainer.weights().get("logits/filter").values());
      assertThrows(IllegalStateException.class, () -> trainer.update(0.5));
    }
  }

  @Test
  void gradients_of_batches_of_different_sizes_add_up_to_their_mean() {
    Architecture architecture = Architecture.plain(2, 2, Normalisation.NONE, 1);
    Batch small = TinyNetworks.batch(TinyNetworks.ball(8, 3));
    try (Trainer both = fresh(architecture, 4);
        Trainer twice = fresh(architecture, 4)) {
      both.learn(BALL, 0.1);
      both.learn(small, 0.1);
      both.update(0.01);
      // Adam's first step is ±rate by the gradient's sign, its averages tell the gradient itself.
      float[] mean = both.state().get("adam/m/logits/filter").values();
      double[] alone = new double[mean.length];
      for (Batch batch : List.of(BALL, small)) {
        try (Trainer one = fresh(architecture, 4)) {
          one.learn(batch, 0.1);
          one.update(0.01);
          float[] m = one.state().get("adam/m/logits/filter").values();
          for (int i = 0; i < m.length; i++) {
            alone[i] += m[i] / 2.0;
          }
        }
      }
      for (int i = 0; i < mean.length; i++) {
        assertEquals(alone[i], mean[i], 1e-7);
      }
      twice.learn(small, 0.1);
      twice.learn(small, 0.1);
      twice.update(0.01);
      try (Trainer once = fresh(architecture, 4)) {
        once.learn(small, 0.1);
        once.update(0.01);
        assertArrayEquals(
            once.state().get("logits/filter").values(),
            twice.state().get("logits/filter").values(),
            1e-6f);
      }
    }
  }

  @Test
  void a_state_goes_on_as_if_it_had_never_been_taken() {
    Architecture architecture = Architecture.plain(2, 2, Normalisation.BATCH, 1);
    try (Trainer straight = fresh(architecture, 4);
        Trainer before = fresh(architecture, 4)) {
      for (int i = 0; i < 6; i++) {
        step(straight, BALL, 0.02);
      }
      for (int i = 0; i < 3; i++) {
        step(before, BALL, 0.02);
      }
      try (Trainer after = new Trainer(architecture, 99, before.state())) {
        for (int i = 0; i < 3; i++) {
          step(after, BALL, 0.02);
        }
        LearntWeights expected = straight.state();
        LearntWeights resumed = after.state();
        assertEquals(expected.arrays().keySet(), resumed.arrays().keySet());
        expected
            .arrays()
            .forEach(
                (name, array) ->
                    assertArrayEquals(array.values(), resumed.get(name).values(), name));
      }
    }
  }
}
