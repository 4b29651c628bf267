package org.islet.phantom;

import java.util.SplittableRandom;

/**
 * The noise of a scanner: Gaussian, correlated between neighbours by the reconstruction's filter.
 * One block is made and repeated at a random place.
 */
final class ScannerNoise {

  private static final int LENGTH = 64;
  private static final int WRAP = LENGTH - 1;

  private final float[] block;
  private final int ox;
  private final int oy;
  private final int oz;

  /**
   * @param deviation standard deviation in HU
   */
  ScannerNoise(SplittableRandom random, double deviation) {
    float[] white = new float[LENGTH * LENGTH * LENGTH];
    for (int i = 0; i < white.length; i++) {
      white[i] = (float) gaussian(random);
    }
    float[] blurred = blurred(blurred(blurred(white, 1), LENGTH), LENGTH * LENGTH);
    double sum = 0;
    for (float v : blurred) {
      sum += v * v;
    }
    float gain = (float) (deviation / Math.sqrt(sum / blurred.length));
    for (int i = 0; i < blurred.length; i++) {
      blurred[i] *= gain;
    }
    block = blurred;
    ox = random.nextInt(LENGTH);
    oy = random.nextInt(LENGTH);
    oz = random.nextInt(LENGTH);
  }

  /** The noise at voxel (i, j, k) in HU. */
  float at(int i, int j, int k) {
    return block[((i + ox) & WRAP) + LENGTH * (((j + oy) & WRAP) + LENGTH * ((k + oz) & WRAP))];
  }

  /** Each value with its two neighbours along an axis, weighted 1 : 2 : 1, around the ends. */
  private static float[] blurred(float[] values, int stride) {
    float[] out = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int place = i / stride & WRAP;
      int before = i + ((place == 0 ? WRAP : -1) * stride);
      int after = i + ((place == WRAP ? -WRAP : 1) * stride);
      out[i] = 0.25f * values[before] + 0.5f * values[i] + 0.25f * values[after];
    }
    return out;
  }

  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
