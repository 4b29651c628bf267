package org.islet.volume;

import java.util.Arrays;

/**
 * A map from voxel indices to millimetres in the patient's space: a 3×4 matrix whose rows are the
 * patient's Right, Anterior and Superior (RAS+, as in NIfTI) and whose columns are the three voxel
 * axes and the place of voxel (0, 0, 0)'s centre.
 */
public final class Affine {

  private final double[] m;

  private Affine(double[] m) {
    this.m = m;
    for (int i = 0; i < m.length; i++) {
      m[i] += 0.0; // -0.0 becomes 0.0, so that equal affines are equal and print alike
    }
  }

  /**
   * @param rows the 12 entries, row after row
   * @throws IllegalArgumentException if there are not 12, one is not finite, or the axes do not
   *     span the space
   */
  public static Affine of(double... rows) {
    if (rows.length != 12) {
      throw new IllegalArgumentException(
          "An affine has 12 entries (3 rows of 4), not " + rows.length + ".");
    }
    for (double v : rows) {
      if (!Double.isFinite(v)) {
        throw new IllegalArgumentException(
            "The affine " + Arrays.toString(rows) + " has an entry that is not a finite number.");
      }
    }
    Affine affine = new Affine(rows.clone());
    double scale = affine.columnLength(0) * affine.columnLength(1) * affine.columnLength(2);
    if (!(Math.abs(affine.determinant()) > 1e-6 * scale)) {
      throw new IllegalArgumentException(
          "The affine "
              + Arrays.toString(rows)
              + " squeezes the volume flat: its axes are not"
              + " independent.");
    }
    return affine;
  }

  /** An affine along the patient's axes (RAS) with the given spacing in mm and origin in mm. */
  public static Affine scaling(double dx, double dy, double dz, double ox, double oy, double oz) {
    return of(dx, 0, 0, ox, 0, dy, 0, oy, 0, 0, dz, oz);
  }

  /** The entry in row 0 to 2 (R, A, S) and column 0 to 3 (x, y, z, origin). */
  public double at(int row, int column) {
    return m[4 * row + column];
  }

  /** The spacing in mm along voxel axis 0, 1 or 2. */
  public double columnLength(int axis) {
    return Math.sqrt(
        at(0, axis) * at(0, axis) + at(1, axis) * at(1, axis) + at(2, axis) * at(2, axis));
  }

  /** The patient's coordinates in mm (R, A, S) of a voxel position, which may be fractional. */
  public double[] apply(double i, double j, double k) {
    double[] mm = new double[3];
    for (int row = 0; row < 3; row++) {
      mm[row] = at(row, 0) * i + at(row, 1) * j + at(row, 2) * k + at(row, 3);
    }
    return mm;
  }

  /** The voxel position, which may be fractional, of the patient's coordinates in mm (R, A, S). */
  double[] placeOf(double[] mm) {
    double[] place = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      double[] replaced = m.clone();
      for (int row = 0; row < 3; row++) {
        replaced[4 * row + axis] = mm[row] - at(row, 3);
      }
      place[axis] = new Affine(replaced).determinant() / determinant(); // Cramer's rule
    }
    return place;
  }

  /**
   * The affine of a grid whose voxel axis {@code a} steps {@code steps[a]} voxels along this grid's
   * axis {@code axes[a]}, and whose first voxel lies at {@code origin} (voxels, fractional).
   */
  Affine regridded(int[] axes, double[] steps, double[] origin) {
    double[] r = new double[12];
    double[] place = apply(origin[0], origin[1], origin[2]);
    for (int row = 0; row < 3; row++) {
      for (int a = 0; a < 3; a++) {
        r[4 * row + a] = at(row, axes[a]) * steps[a];
      }
      r[4 * row + 3] = place[row];
    }
    return new Affine(r);
  }

  /** The entries, row after row: a copy. */
  public double[] toArray() {
    return m.clone();
  }

  /** Whether each entry differs by at most {@code tolerance}. */
  public boolean isCloseTo(Affine other, double tolerance) {
    for (int i = 0; i < 12; i++) {
      if (Math.abs(m[i] - other.m[i]) > tolerance) {
        return false;
      }
    }
    return true;
  }

  double determinant() {
    return at(0, 0) * (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1))
        - at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0))
        + at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Affine other && Arrays.equals(m, other.m);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(m);
  }

  @Override
  public String toString() {
    return Arrays.toString(m);
  }
}
