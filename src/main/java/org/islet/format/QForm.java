package org.islet.format;

import java.util.Optional;
import org.islet.volume.Affine;

/**
 * An affine as NIfTI's method 2 stores it: a rotation, given by the unit quaternion (a, b, c, d)
 * with a ≥ 0 left out, a spacing, a place, and whether the third axis is reversed. It cannot say
 * that axes are not at right angles. Equations: nifti1.h, "QUATERNION REPRESENTATION OF ROTATION
 * MATRIX".
 *
 * @param b the quaternion's first imaginary part
 * @param c its second
 * @param d its third
 * @param spacing in mm along x, y and z
 * @param qfac 1, or -1 where the third axis is reversed
 * @param origin the place of voxel (0, 0, 0) in mm (R, A, S)
 */
@SuppressWarnings("ArrayRecordComponent") // passed from one method to the next, never compared
record QForm(double b, double c, double d, double[] spacing, int qfac, double[] origin) {

  private static final double RIGHT_ANGLE_TOLERANCE = 1e-5;

  /** The quaternion's norm less the part left out: at most 1, but for rounding. */
  double imaginarySquare() {
    return b * b + c * c + d * d;
  }

  /**
   * The affine that this stands for. Where rounding made b² + c² + d² exceed 1, they are scaled
   * back and a is 0.
   *
   * @throws IllegalArgumentException if an entry is not finite or a spacing is 0
   */
  Affine toAffine() {
    double square = imaginarySquare();
    double norm = Math.max(1, Math.sqrt(square));
    double w = Math.sqrt(Math.max(0, 1 - square));
    double x = b / norm;
    double y = c / norm;
    double z = d / norm;
    double[] r = {
      w * w + x * x - y * y - z * z,
      2 * (x * y - w * z),
      2 * (x * z + w * y),
      2 * (x * y + w * z),
      w * w + y * y - x * x - z * z,
      2 * (y * z - w * x),
      2 * (x * z - w * y),
      2 * (y * z + w * x),
      w * w + z * z - x * x - y * y
    };
    double[] rows = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        rows[4 * row + axis] = r[3 * row + axis] * spacing[axis] * (axis == 2 ? qfac : 1);
      }
      rows[4 * row + 3] = origin[row];
    }
    return Affine.of(rows);
  }

  /**
   * The form that stands for an affine, or nothing where two axes are further from a right angle
   * than 10⁻⁵ (cosine).
   */
  static Optional<QForm> of(Affine affine) {
    double[][] axes = new double[3][3];
    double[] spacing = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      spacing[axis] = affine.columnLength(axis);
      for (int row = 0; row < 3; row++) {
        axes[axis][row] = affine.at(row, axis) / spacing[axis];
      }
    }
    double worst =
        Math.max(
            Math.abs(dot(axes[0], axes[1])),
            Math.max(Math.abs(dot(axes[0], axes[2])), Math.abs(dot(axes[1], axes[2]))));
    if (worst > RIGHT_ANGLE_TOLERANCE) {
      return Optional.empty();
    }
    int qfac = dot(cross(axes[0], axes[1]), axes[2]) > 0 ? 1 : -1;
    for (int row = 0; row < 3; row++) {
      axes[2][row] *= qfac;
    }
    double[] q = quaternion(axes);
    double[] origin = {affine.at(0, 3), affine.at(1, 3), affine.at(2, 3)};
    return Optional.of(new QForm(q[1], q[2], q[3], spacing, qfac, origin));
  }

  /**
   * The unit quaternion (a, b, c, d), a ≥ 0, of the rotation with these columns: its largest
   * component comes from the diagonal, so that nothing is divided by a number near 0 (Shepperd
   * 1978).
   */
  private static double[] quaternion(double[][] columns) {
    double xx = columns[0][0];
    double yy = columns[1][1];
    double zz = columns[2][2];
    double[] squares = {1 + xx + yy + zz, 1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz};
    double yzMinus = columns[1][2] - columns[2][1];
    double zxMinus = columns[2][0] - columns[0][2];
    double xyMinus = columns[0][1] - columns[1][0];
    double xyPlus = columns[0][1] + columns[1][0];
    double zxPlus = columns[2][0] + columns[0][2];
    double yzPlus = columns[1][2] + columns[2][1];
    int largest = 0;
    for (int i = 1; i < 4; i++) {
      largest = squares[i] > squares[largest] ? i : largest;
    }
    double[] q =
        switch (largest) {
          case 0 -> new double[] {squares[0], yzMinus, zxMinus, xyMinus};
          case 1 -> new double[] {yzMinus, squares[1], xyPlus, zxPlus};
          case 2 -> new double[] {zxMinus, xyPlus, squares[2], yzPlus};
          default -> new double[] {xyMinus, zxPlus, yzPlus, squares[3]};
        };
    double norm = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
    double sign = q[0] < 0 ? -1 : 1;
    for (int i = 0; i < 4; i++) {
      q[i] *= sign / norm;
    }
    return q;
  }

  private static double dot(double[] u, double[] v) {
    return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  }

  private static double[] cross(double[] u, double[] v) {
    return new double[] {
      u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
    };
  }
}
