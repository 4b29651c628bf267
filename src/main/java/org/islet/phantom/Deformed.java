package org.islet.phantom;

/** A solid that was scaled along its axes, turned, moved, and bent by smooth noise. */
final class Deformed implements Shape {

  private static final int ITERATIONS = 20;

  private final Shape solid;
  private final double[] scale;
  private final double[][] turn;
  private final double[] middle;
  private final SmoothNoise[] bend;
  private final double amplitude;

  /**
   * @param solid around the origin
   * @param scale how many times as long it becomes along x, y and z, before it is turned
   * @param turn a rotation, row after row, from the patient's directions to the solid's
   * @param middle where its origin comes to lie, in mm
   * @param bend noise for each axis, of a wavelength of at least 9 times the amplitude, so that
   *     nothing is folded over and distances stay within {@link Shape#STEEPEST}
   * @param amplitude how far places are bent along each axis at most, in mm
   */
  Deformed(
      Shape solid,
      double[] scale,
      double[][] turn,
      double[] middle,
      SmoothNoise[] bend,
      double amplitude) {
    this.solid = solid;
    this.scale = scale;
    this.turn = turn;
    this.middle = middle;
    this.bend = bend;
    this.amplitude = amplitude;
  }

  @Override
  public double distance(double x, double y, double z) {
    double dx = x - middle[0];
    double dy = y - middle[1];
    double dz = z - middle[2];
    return solid.distance(
        (turn[0][0] * dx + turn[0][1] * dy + turn[0][2] * dz) / scale[0] + bent(0, x, y, z),
        (turn[1][0] * dx + turn[1][1] * dy + turn[1][2] * dz) / scale[1] + bent(1, x, y, z),
        (turn[2][0] * dx + turn[2][1] * dy + turn[2][2] * dz) / scale[2] + bent(2, x, y, z));
  }

  private double bent(int axis, double x, double y, double z) {
    return amplitude * bend[axis].at(x, y, z);
  }

  /** Where a place of the solid comes to lie: a fixed point, to which each round comes nearer. */
  double[] place(double x, double y, double z) {
    double[] at = middle;
    for (int i = 0; i < ITERATIONS; i++) {
      double u = scale[0] * (x - bent(0, at[0], at[1], at[2]));
      double v = scale[1] * (y - bent(1, at[0], at[1], at[2]));
      double w = scale[2] * (z - bent(2, at[0], at[1], at[2]));
      double[] next = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        next[axis] = middle[axis] + turn[0][axis] * u + turn[1][axis] * v + turn[2][axis] * w;
      }
      at = next;
    }
    return at;
  }

  /** The box around the solid's own box, turned. */
  @Override
  public Bounds bounds() {
    Bounds b = solid.bounds().grown(amplitude);
    double[] radius = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      radius[axis] =
          Math.abs(turn[0][axis]) * scale[0] * Math.max(b.x1(), -b.x0())
              + Math.abs(turn[1][axis]) * scale[1] * Math.max(b.y1(), -b.y0())
              + Math.abs(turn[2][axis]) * scale[2] * Math.max(b.z1(), -b.z0());
    }
    return Bounds.around(middle[0], middle[1], middle[2], radius[0], radius[1], radius[2]);
  }
}
