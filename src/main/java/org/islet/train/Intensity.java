package org.islet.train;

import java.util.SplittableRandom;

/**
 * A change of a window's values: multiplied, shifted and made noisy, then clipped to 0…1 again.
 * Values of 0 and 1 stand for all HU below and above, so they stay as they are.
 *
 * @param gain what values are multiplied by
 * @param shift what is then added
 * @param noise the standard deviation of what is added to each
 */
record Intensity(float gain, float shift, float noise) {

  /** Makes the difference of two even numbers in 0…1 have a standard deviation of 1. */
  private static final double TRIANGULAR = Math.sqrt(6);

  private static final double PER_UNIT = 0x1p-32;

  /** A random change, as large as the amounts allow. */
  static Intensity random(Augmentation amounts, SplittableRandom random) {
    return new Intensity(
        (float) (1 + amounts.gain() * (2 * random.nextDouble() - 1)),
        (float) (amounts.shift() * (2 * random.nextDouble() - 1)),
        (float) (amounts.noise() * random.nextDouble()));
  }

  /** Changes values from an index on up to another. */
  void change(float[] values, int from, int to, SplittableRandom random) {
    float scale = (float) (noise * TRIANGULAR * PER_UNIT);
    for (int i = from; i < to; i++) {
      float value = values[i];
      if (value > 0 && value < 1) {
        long bits = random.nextLong();
        long triangular = (bits >>> 32) - (bits & 0xFFFF_FFFFL);
        values[i] = Math.max(0, Math.min(1, value * gain + shift + scale * triangular));
      }
    }
  }
}
