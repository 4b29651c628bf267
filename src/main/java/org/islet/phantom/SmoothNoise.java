package org.islet.phantom;

import java.util.SplittableRandom;

/**
 * Smooth random values in space, −1…1: random values on a cubic lattice, interpolated (value noise,
 * Perlin 1985). Every noise reads the same table of 32³ values from a place of its own, so that it
 * repeats after 32 wavelengths.
 */
final class SmoothNoise {

  private static final int WRAP = 31;
  private static final float[] LATTICE = lattice();

  private final double perMillimetre;
  private final double ox;
  private final double oy;
  private final double oz;

  /**
   * @param random says where in the table to start
   * @param wavelength the lattice's spacing in mm
   */
  SmoothNoise(SplittableRandom random, double wavelength) {
    this.perMillimetre = 1 / wavelength;
    this.ox = 32 * random.nextDouble();
    this.oy = 32 * random.nextDouble();
    this.oz = 32 * random.nextDouble();
  }

  private static float[] lattice() {
    SplittableRandom random = new SplittableRandom(1985);
    float[] values = new float[32 * 32 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  /** The value at a place in mm. */
  double at(double x, double y, double z) {
    double u = x * perMillimetre + ox;
    double v = y * perMillimetre + oy;
    double w = z * perMillimetre + oz;
    double i = Math.floor(u);
    double j = Math.floor(v);
    double k = Math.floor(w);
    int x0 = (int) i & WRAP;
    int x1 = (x0 + 1) & WRAP;
    int y0 = ((int) j & WRAP) << 5;
    int y1 = (y0 + 32) & (WRAP << 5);
    int z0 = ((int) k & WRAP) << 10;
    int z1 = (z0 + 1024) & (WRAP << 10);
    double a = smooth(u - i);
    double b = smooth(v - j);
    return mix(
        plane(x0, x1, y0 + z0, y1 + z0, a, b),
        plane(x0, x1, y0 + z1, y1 + z1, a, b),
        smooth(w - k));
  }

  private static double plane(int x0, int x1, int row0, int row1, double a, double b) {
    return mix(
        mix(LATTICE[row0 + x0], LATTICE[row0 + x1], a),
        mix(LATTICE[row1 + x0], LATTICE[row1 + x1], a),
        b);
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double from, double to, double t) {
    return from + (to - from) * t;
  }
}
