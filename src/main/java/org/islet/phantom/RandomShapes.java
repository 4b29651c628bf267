package org.islet.phantom;

import java.util.SplittableRandom;

/**
 * Draws the shapes and tissues of one patient. Places and radii are given for a patient of middle
 * height, in mm, and come out at the patient's own scale.
 */
final class RandomShapes {

  private final SplittableRandom random;
  private final double scale;

  /**
   * @param scale the patient's height, 1 being the middle
   */
  RandomShapes(SplittableRandom random, double scale) {
    this.random = random;
    this.scale = scale;
  }

  double scale() {
    return scale;
  }

  double between(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** One of {@code count} equally likely cases, from 0. */
  int oneOf(int count) {
    return random.nextInt(count);
  }

  SmoothNoise noise(double wavelength) {
    return new SmoothNoise(random, wavelength);
  }

  Tissue textured(double hu, double amplitude, double wavelength) {
    return Tissue.textured(hu, amplitude, noise(wavelength));
  }

  /** An uneven ellipsoid of about the given place and radii. */
  Shape blob(double[] centre, double[] radii, double wavelength, double amplitude) {
    double x = scale * centre[0] + between(-5, 5);
    double y = scale * centre[1] + between(-5, 5);
    double z = scale * centre[2] + between(-6, 6);
    double rx = scale * radii[0] * between(0.9, 1.1);
    double ry = scale * radii[1] * between(0.9, 1.1);
    double rz = scale * radii[2] * between(0.9, 1.1);
    return uneven(new Ellipsoid(x, y, z, rx, ry, rz), wavelength, amplitude);
  }

  /** An elliptic column along z, of exactly the given place and radii. */
  Shape column(double x, double y, double rx, double ry) {
    return new Ellipsoid(scale * x, scale * y, 0, scale * rx, scale * ry, 1e6);
  }

  Shape uneven(Shape shape, double wavelength, double amplitude) {
    return shape.uneven(noise(wavelength), amplitude);
  }

  /** Control points (x, y, z, radius), each moved by up to {@code mm} along each axis. */
  double[][] jittered(double[][] controls, double mm) {
    double[][] moved = new double[controls.length][];
    for (int i = 0; i < controls.length; i++) {
      double[] p = controls[i];
      moved[i] =
          new double[] {
            p[0] + between(-mm, mm), p[1] + between(-mm, mm), p[2] + between(-mm, mm), p[3]
          };
    }
    return moved;
  }

  /** Control points of a patient of middle height, jittered and at this patient's scale. */
  double[][] placed(double[][] controls, double jitter) {
    double[][] moved = jittered(controls, jitter);
    for (double[] p : moved) {
      for (int i = 0; i < 4; i++) {
        p[i] *= scale;
      }
    }
    return moved;
  }
}
