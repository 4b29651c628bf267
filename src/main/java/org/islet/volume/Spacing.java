package org.islet.volume;

/**
 * The distance between neighbouring voxels' centres along each axis of a grid, in mm.
 *
 * @param x along the first axis
 * @param y along the second axis
 * @param z along the third axis
 */
public record Spacing(double x, double y, double z) {

  /**
   * @throws IllegalArgumentException if a distance is not finite or not above 0
   */
  public Spacing {
    for (double mm : new double[] {x, y, z}) {
      if (!(mm > 0) || !Double.isFinite(mm)) {
        throw new IllegalArgumentException(
            "A grid needs a spacing above 0 mm along each axis, not %s×%s×%s mm."
                .formatted(x, y, z));
      }
    }
  }

  /** The distance along axis 0 (x), 1 (y) or 2 (z). */
  public double along(int axis) {
    return switch (axis) {
      case 0 -> x;
      case 1 -> y;
      case 2 -> z;
      default -> throw new IndexOutOfBoundsException("axis " + axis);
    };
  }

  @Override
  public String toString() {
    return x + "×" + y + "×" + z + " mm";
  }
}
