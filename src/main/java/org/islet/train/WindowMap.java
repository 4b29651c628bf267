package org.islet.train;

import java.util.SplittableRandom;
import org.islet.volume.Geometry;

/**
 * Where in its case each voxel of a window comes from. A voxel of the window, the anchor, has a
 * fixed place in the case; around it the window is turned, scaled and bent.
 */
final class WindowMap {

  private final float[] linear;
  private final int[] anchor;
  private final int[] place;
  private final FreeFormDeformation deformation;
  private final float[] atAnchor;

  /**
   * @param linear a 3×3 matrix, row after row, from steps in the window to steps in the case, both
   *     in voxels
   * @param anchor the fixed voxel in the window
   * @param place the same voxel in the case
   */
  WindowMap(float[] linear, int[] anchor, int[] place, FreeFormDeformation deformation) {
    this.linear = linear;
    this.anchor = anchor;
    this.place = place;
    this.deformation = deformation;
    float[] row = deformation.row(deformation.slice(anchor[2]), anchor[1]);
    this.atAnchor = new float[3];
    for (int axis = 0; axis < 3; axis++) {
      atAnchor[axis] = deformation.at(row, anchor[0], axis);
    }
  }

  /** A random matrix, as large as the amounts allow. */
  static float[] randomLinear(
      Augmentation amounts, boolean flipped, Geometry grid, SplittableRandom random) {
    double[] degrees = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      degrees[axis] = amounts.rotation() * (2 * random.nextDouble() - 1);
    }
    double scale = 1 + amounts.scaling() * (2 * random.nextDouble() - 1);
    return linear(degrees, scale, flipped, grid);
  }

  /**
   * The matrix that makes what is in the window larger and turns it in the patient's space.
   *
   * @param degrees about x, then y, then z
   * @param scale how many times as large
   * @param flipped whether x runs the other way in the window
   * @param grid the case's, whose spacing says how long a voxel's edges are
   */
  static float[] linear(double[] degrees, double scale, boolean flipped, Geometry grid) {
    double[] m = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (int axis = 0; axis < 3; axis++) {
      turn(m, axis, StrictMath.toRadians(degrees[axis]));
    }
    float[] linear = new float[9];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        double voxels = grid.spacing(column) / grid.spacing(row);
        double sign = flipped && column == 0 ? -1 : 1;
        linear[3 * row + column] = (float) (sign * m[3 * row + column] * voxels / scale);
      }
    }
    return linear;
  }

  /** Multiplies a matrix from the left by the rotation about an axis. */
  private static void turn(double[] m, int axis, double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int u = 3 * ((axis + 1) % 3);
    int v = 3 * ((axis + 2) % 3);
    for (int column = 0; column < 3; column++) {
      double first = m[u + column];
      double second = m[v + column];
      m[u + column] = cos * first - sin * second;
      m[v + column] = sin * first + cos * second;
    }
  }

  /** Slice k of the window. */
  Slice slice(int k) {
    return new Slice(k, deformation.slice(k));
  }

  /** A slice of the window, row by row. */
  final class Slice {

    private final int k;
    private final float[] nodes;

    private Slice(int k, float[] nodes) {
      this.k = k;
      this.nodes = nodes;
    }

    /**
     * Finds where the voxels of row j come from.
     *
     * @param places takes the places along x, y and z, in voxels of the case
     */
    void row(int j, float[][] places) {
      float[] bend = deformation.row(nodes, j);
      int dy = j - anchor[1];
      int dz = k - anchor[2];
      for (int axis = 0; axis < 3; axis++) {
        float[] to = places[axis];
        float step = linear[3 * axis];
        float start = linear[3 * axis + 1] * dy + linear[3 * axis + 2] * dz;
        for (int i = 0; i < to.length; i++) {
          float bent = deformation.at(bend, i, axis) - atAnchor[axis];
          to[i] = place[axis] + (step * (i - anchor[0]) + start + bent);
        }
      }
    }
  }
}
