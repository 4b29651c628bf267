package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntensityTest {

  @Test
  void values_are_multiplied_then_shifted_and_clipped_and_ends_stay() {
    float[] values = {0.5f, 0, 1, 0.2f, 0.95f, 0.01f, 0.5f};
    new Intensity(1.1f, -0.05f, 0).change(values, 1, 6, new SplittableRandom(1));
    assertArrayEquals(new float[] {0.5f, 0, 1, 0.17f, 0.995f, 0, 0.5f}, values, 1e-6f);
  }

  @Test
  void noise_has_a_mean_of_0_its_deviation_and_no_tails() {
    float[] values = new float[200_000];
    Arrays.fill(values, 0.5f);
    new Intensity(1, 0, 0.03f).change(values, 0, values.length, new SplittableRandom(1));
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value - 0.5;
      squares += (value - 0.5) * (value - 0.5);
      assertTrue(Math.abs(value - 0.5) <= 0.03 * Math.sqrt(6) + 1e-6, "value " + value);
    }
    assertEquals(0, sum / values.length, 4 * 0.03 / Math.sqrt(values.length));
    assertEquals(0.03, Math.sqrt(squares / values.length), 2e-4);
  }

  @Test
  void random_changes_lie_within_their_amounts_and_reach_far_into_them() {
    SplittableRandom random = new SplittableRandom(1);
    Augmentation amounts = new Augmentation(1, 0, 0, 0, 24, 0.2, 0.1, 0.05, false);
    double least = 1;
    double most = 1;
    for (int i = 0; i < 1000; i++) {
      Intensity one = Intensity.random(amounts, random);
      least = Math.min(least, one.gain());
      most = Math.max(most, one.gain());
      assertTrue(Math.abs(one.shift()) <= 0.1f, one::toString);
      assertTrue(one.noise() >= 0 && one.noise() <= 0.05f, one::toString);
    }
    assertEquals(0.8, least, 2e-3);
    assertEquals(1.2, most, 2e-3);
  }
}
