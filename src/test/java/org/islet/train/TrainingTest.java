package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.train.Architecture.Normalisation;
import org.islet.train.Training.CentreLoss;
import org.islet.train.Training.Stage;
import org.junit.jupiter.api.Test;

class TrainingTest {

  private static final Architecture SMALL = Architecture.plain(2, 2, Normalisation.BATCH, 1);

  private static Training training(int steps, int batchesPerStep, CentreLoss centre) {
    return new Training(
        Stage.COARSE,
        SMALL,
        Stage.COARSE.defaultWindow(),
        steps,
        batchesPerStep,
        0.002,
        centre,
        Augmentation.NONE,
        1);
  }

  @Test
  void the_rate_rises_over_20_steps_and_falls_along_a_half_cosine_to_a_hundredth() {
    Training plain = withoutNormalisation(1000);
    assertEquals(0.00005, plain.rate(1), 1e-7);
    assertEquals(0.0005, plain.rate(10), 1e-6);
    assertEquals(0.000505, plain.rate(500), 1e-8);
    assertEquals(0.00001, plain.rate(1000), 1e-8);
    for (int step = 21; step <= 1000; step++) {
      assertTrue(plain.rate(step) < plain.rate(step - 1), "at step " + step);
    }
  }

  private static Training withoutNormalisation(int steps) {
    return new Training(
        Stage.COARSE,
        SMALL.withoutNormalisation(),
        Stage.COARSE.defaultWindow(),
        steps,
        1,
        0.002,
        CentreLoss.NONE,
        Augmentation.NONE,
        1);
  }

  @Test
  void with_normalisation_the_rate_is_twice_as_large_until_it_is_folded_and_rises_anew() {
    Training training = training(1000, 1, CentreLoss.NONE);
    Training plain = withoutNormalisation(1000);
    assertEquals(600, training.normalisedSteps());
    assertEquals(0, plain.normalisedSteps());
    assertEquals(2 * plain.rate(600), training.rate(600), 1e-12);
    assertEquals(plain.rate(601) / 20, training.rate(601), 1e-12);
    assertEquals(plain.rate(620), training.rate(620), 1e-12);
    assertEquals(SMALL, training.formAt(600));
    assertEquals(SMALL.withoutNormalisation(), training.formAt(601));
  }

  @Test
  void an_epoch_draws_each_case_once_and_lambda_holds_for_the_first_epochs() {
    Training training = training(1000, 3, new CentreLoss(0.5, 2));
    assertEquals(1, training.stepsPerEpoch(6)); // two windows in each of three batches
    assertEquals(2, training.stepsPerEpoch(7));
    assertEquals(0.5, training.lambda(4, 7));
    assertEquals(0, training.lambda(5, 7));
    assertEquals(0, training(1000, 3, CentreLoss.NONE).lambda(1, 7));
  }

  @Test
  void refuses_numbers_that_cannot_be_meant() {
    assertThrows(IllegalArgumentException.class, () -> training(0, 1, CentreLoss.NONE));
    assertThrows(IllegalArgumentException.class, () -> training(1, 0, CentreLoss.NONE));
    assertThrows(IllegalArgumentException.class, () -> new CentreLoss(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new CentreLoss(Double.NaN, 0));
  }
}
