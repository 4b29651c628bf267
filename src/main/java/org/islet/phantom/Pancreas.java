package org.islet.phantom;

import java.util.Optional;
import org.islet.volume.Mask;

/**
 * A pancreas's solid and the curve along its middle, after which its neighbours are placed.
 *
 * @param shape the solid
 * @param curve points (x, y, z, radius) in mm from the uncinate process to the tail
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pancreas(Shape shape, double[][] curve) {

  /** The curve of a pancreas of middle size: x, y, z and radius. */
  private static final double[][] TYPICAL = {
    {24, -2, -38, 9}, {33, 6, -18, 13.5}, {27, 16, -4, 12}, {10, 25, 3, 8.5},
    {-14, 29, 7, 10}, {-38, 19, 13, 10.5}, {-62, 0, 20, 10}, {-84, -22, 27, 8}
  };

  /** Where the middle of a real one comes to lie, before it is moved. */
  private static final double[] MIDDLE = {-13, 9, -2};

  /**
   * A pancreas of a patient.
   *
   * @param real the mask of a real one, to be deformed; without it one is made up
   */
  static Pancreas of(Optional<Mask> real, RandomShapes draw) {
    return real.map(mask -> deformed(mask, draw)).orElseGet(() -> madeUp(draw));
  }

  private static Pancreas madeUp(RandomShapes draw) {
    double[][] curve = draw.jittered(TYPICAL, 5);
    double pitch = draw.between(-0.22, 0.22);
    double yaw = draw.between(-0.3, 0.22);
    double roll = draw.between(-0.35, 0.3);
    double thick = draw.between(0.85, 1.2);
    double[] shift = shift(draw);
    for (double[] p : curve) {
      rotate(p, 1, 2, pitch);
      rotate(p, 0, 1, yaw);
      rotate(p, 0, 2, roll);
      for (int axis = 0; axis < 3; axis++) {
        p[axis] = p[axis] * draw.scale() + shift[axis];
      }
      p[3] *= draw.scale() * thick * draw.between(0.88, 1.12);
    }
    Tube tube = new Tube(curve, draw.between(0.72, 0.9));
    return new Pancreas(draw.uneven(tube, draw.between(7, 11), draw.between(1.5, 2.8)), curve);
  }

  private static Pancreas deformed(Mask real, RandomShapes draw) {
    MaskShape solid = new MaskShape(real);
    double[][] turn = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    double pitch = draw.between(-0.2, 0.2);
    double yaw = draw.between(-0.2, 0.2);
    double roll = draw.between(-0.2, 0.2);
    for (double[] row : turn) {
      rotate(row, 1, 2, pitch);
      rotate(row, 0, 1, yaw);
      rotate(row, 0, 2, roll);
    }
    double[] scale = new double[3];
    double[] middle = shift(draw);
    SmoothNoise[] bend = new SmoothNoise[3];
    for (int axis = 0; axis < 3; axis++) {
      scale[axis] = draw.between(0.88, 1.12);
      middle[axis] += draw.scale() * MIDDLE[axis];
      bend[axis] = draw.noise(45);
    }
    Deformed shape = new Deformed(solid, scale, turn, middle, bend, draw.between(2, 5));
    double[][] curve = new Centreline(solid).points(TYPICAL.length);
    for (double[] p : curve) {
      System.arraycopy(shape.place(p[0], p[1], p[2]), 0, p, 0, 3);
    }
    return new Pancreas(shape, curve);
  }

  private static double[] shift(RandomShapes draw) {
    return new double[] {draw.between(-10, 10), draw.between(-8, 8), draw.between(-16, 16)};
  }

  private static void rotate(double[] p, int a, int b, double angle) {
    double u = p[a] * StrictMath.cos(angle) - p[b] * StrictMath.sin(angle);
    p[b] = p[a] * StrictMath.sin(angle) + p[b] * StrictMath.cos(angle);
    p[a] = u;
  }
}
