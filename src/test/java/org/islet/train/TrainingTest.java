package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.dataset.Preparation;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.Training.CentreLoss;
import org.islet.train.Training.Stage;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class TrainingTest {

  private static final Architecture SMALL = Architecture.plain(2, 2, Normalisation.BATCH, 1);

  private static Training training(int steps, int batchesPerStep, CentreLoss centre) {
    return training(Stage.COARSE, SMALL, steps, batchesPerStep, centre);
  }

  private static Training training(
      Stage stage, Architecture architecture, int steps, int batchesPerStep, CentreLoss centre) {
    return new Training(
        stage,
        new Preparation.Coarse(4),
        architecture,
        stage.defaultWindow(),
        stage.defaultLastWindow(),
        steps,
        batchesPerStep,
        0.002,
        centre,
        Augmentation.NONE,
        1);
  }

  @Test
  void the_rate_rises_over_20_steps_and_falls_along_a_half_cosine_and_again_half_as_high() {
    Training training = training(1000, 1, CentreLoss.NONE);
    assertEquals(0.0001, training.rate(1), 1e-7);
    assertEquals(0.001, training.rate(10), 2e-6);
    assertEquals(0.00101, training.rate(350), 1e-8);
    assertEquals(0.00002, training.rate(700), 1e-8);
    assertEquals(0.00005, training.rate(701), 1e-7);
    assertEquals(0.000505, training.rate(850), 1e-8);
    assertEquals(0.00001, training.rate(1000), 1e-8);
    for (int step = 21; step <= 1000; step++) {
      if (step <= 700 || step > 720) {
        assertTrue(training.rate(step) < training.rate(step - 1), "at step " + step);
      }
    }
  }

  @Test
  void the_last_steps_of_a_fine_network_see_whole_cases() {
    Training training = training(Stage.FINE, SMALL, 1000, 3, CentreLoss.NONE);
    assertEquals(new Windows(2, new Size(112, 88, 64)), training.windowsAt(700));
    assertEquals(3 * 2 * 112 * 88 * 64, training.voxels(700));
    assertEquals(new Windows(1, new Size(208, 144, 104)), training.windowsAt(701));
    assertEquals(3 * 208 * 144 * 104, training.voxels(701));
  }

  @Test
  void the_last_steps_of_a_coarse_network_see_windows_as_the_first_do() {
    Training training = training(1000, 1, CentreLoss.NONE);
    assertEquals(new Windows(2, new Size(64, 64, 48)), training.windowsAt(700));
    assertEquals(new Windows(2, new Size(64, 64, 48)), training.windowsAt(701));
  }

  @Test
  void the_last_steps_do_not_normalise() {
    Training training = training(1000, 1, CentreLoss.NONE);
    assertEquals(SMALL, training.formAt(700));
    assertEquals(SMALL.withoutNormalisation(), training.formAt(701));
    Architecture without = SMALL.withoutNormalisation();
    assertEquals(without, training(Stage.COARSE, without, 1000, 1, CentreLoss.NONE).formAt(1));
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
