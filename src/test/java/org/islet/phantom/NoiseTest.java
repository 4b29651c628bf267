package org.islet.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class NoiseTest {

  @Property
  void smooth_noise_stays_within_one_and_changes_slowly(
      @ForAll long seed,
      @ForAll @DoubleRange(min = -300, max = 300) double x,
      @ForAll @DoubleRange(min = -300, max = 300) double y) {
    SmoothNoise noise = new SmoothNoise(new SplittableRandom(seed), 10);
    double value = noise.at(x, y, 7);
    assertTrue(value >= -1 && value <= 1);
    assertEquals(value, noise.at(x + 0.01, y, 7), 0.0031);
  }

  @Test
  void scanner_noise_has_the_deviation_asked_for_and_correlated_neighbours() {
    ScannerNoise noise = new ScannerNoise(new SplittableRandom(1), 12);
    double squares = 0;
    double products = 0;
    for (int k = 0; k < 64; k++) {
      for (int j = 0; j < 64; j++) {
        for (int i = 0; i < 64; i++) {
          squares += noise.at(i, j, k) * noise.at(i, j, k);
          products += noise.at(i, j, k) * noise.at(i + 1, j, k);
        }
      }
    }
    assertEquals(12, Math.sqrt(squares / (64 * 64 * 64)), 0.01);
    assertEquals(2 / 3.0, products / squares, 0.02); // 1:2:1 with itself, one step on: 4 of 6
  }
}
