package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.islet.train.Architecture.Normalisation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {

  private static final Batch BALL = TinyNetworks.batch(TinyNetworks.ball(24, 1));

  private static Trainer fresh(Architecture architecture, long seed) {
    return new Trainer(architecture, seed, LearntWeights.none());
  }

  private static double[] losses(Architecture architecture, long seed, int steps) {
    double[] losses = new double[steps];
    try (Trainer trainer = fresh(architecture, seed)) {
      for (int i = 0; i < steps; i++) {
        losses[i] = trainer.step(BALL, 0.05);
      }
    }
    return losses;
  }

  @Test
  void learns_a_ball() {
    double[] losses = losses(new Architecture(2, 4, Normalisation.BATCH, 1), 2, 60);
    assertTrue(losses[0] > 0.75, Arrays.toString(losses));
    assertTrue(losses[59] < 0.1, Arrays.toString(losses));
  }

  @ParameterizedTest
  @EnumSource(Normalisation.class)
  void a_seed_fixes_the_first_weights_and_what_follows(Normalisation normalisation) {
    Architecture architecture = new Architecture(2, 2, normalisation, 1);
    double[] losses = losses(architecture, 5, 5);
    assertArrayEquals(losses, losses(architecture, 5, 5), 1e-5);
    assertNotEquals(losses[0], losses(architecture, 6, 1)[0], 1e-3);
  }

  @Test
  void the_loss_is_dice_of_what_the_exported_weights_answer() {
    Architecture architecture = new Architecture(3, 2, Normalisation.NONE, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      for (int i = 0; i < 5; i++) {
        trainer.step(BALL, 0.02);
      }
      float[] answer =
          TinyNetworks.probabilities(architecture, trainer.weights(), BALL.window(), BALL.values());
      assertEquals(TinyNetworks.diceLoss(answer, BALL.truth()), trainer.step(BALL, 0.02), 1e-5);
    }
  }

  @Test
  void folded_running_statistics_answer_what_the_normalised_network_answers() {
    Architecture architecture = new Architecture(2, 2, Normalisation.BATCH, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      for (int i = 0; i < 10; i++) {
        trainer.step(BALL, 0.05);
      }
      // At rate 0 only the running means move, 3 % of the way each step.
      double loss = 0;
      for (int i = 0; i < 400; i++) {
        loss = trainer.step(BALL, 0);
      }
      float[] answer =
          TinyNetworks.probabilities(architecture, trainer.weights(), BALL.window(), BALL.values());
      assertEquals(loss, TinyNetworks.diceLoss(answer, BALL.truth()), 1e-4);
    }
  }

  @Test
  void a_rate_of_zero_changes_no_weight() {
    Architecture architecture = new Architecture(2, 2, Normalisation.NONE, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      LearntWeights before = trainer.weights();
      trainer.step(BALL, 0);
      LearntWeights after = trainer.weights();
      assertEquals(before.arrays().keySet(), after.arrays().keySet());
      for (String name : before.arrays().keySet()) {
        assertArrayEquals(before.get(name).values(), after.get(name).values(), name);
      }
    }
  }

  @Test
  void the_first_step_of_adam_moves_each_weight_by_the_rate_at_most() {
    Architecture architecture = new Architecture(2, 2, Normalisation.NONE, 1);
    try (Trainer trainer = fresh(architecture, 4)) {
      float[] before = trainer.weights().get("logits/filter").values();
      trainer.step(BALL, 0.125);
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
  void a_loss_that_is_not_a_number_stops_the_training() {
    Batch broken = new Batch(1, BALL.window(), new float[BALL.values().length], BALL.truth());
    Arrays.fill(broken.values(), Float.NaN);
    try (Trainer trainer = fresh(new Architecture(2, 2, Normalisation.NONE, 1), 4)) {
      var refusal = assertThrows(ArithmeticException.class, () -> trainer.step(broken, 0.5));
      assertEquals(
          "The loss of step 1 is not a number; lower the learning rate (it was 0.5).",
          refusal.getMessage());
    }
  }
}
