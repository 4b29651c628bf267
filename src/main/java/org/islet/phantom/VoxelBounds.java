package org.islet.phantom;

import java.util.Optional;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;

/**
 * Finds the voxels of a grid, however it is turned, that may lie in a box of the patient's space.
 */
final class VoxelBounds {

  private final Geometry geometry;
  private final double[][] perMillimetre;

  VoxelBounds(Geometry geometry) {
    this.geometry = geometry;
    this.perMillimetre = inverse(geometry.affine());
  }

  /** The box of voxels whose centres lie inside the bounds, or more; nothing if none does. */
  Optional<Box> of(Shape.Bounds b) {
    int[] from = new int[3];
    int[] to = new int[3];
    double[] middle = {(b.x0() + b.x1()) / 2, (b.y0() + b.y1()) / 2, (b.z0() + b.z1()) / 2};
    double[] half = {(b.x1() - b.x0()) / 2, (b.y1() - b.y0()) / 2, (b.z1() - b.z0()) / 2};
    for (int axis = 0; axis < 3; axis++) {
      double centre = 0;
      double radius = 1e-6;
      for (int world = 0; world < 3; world++) {
        double slope = perMillimetre[axis][world];
        centre += slope * (middle[world] - geometry.affine().at(world, 3));
        radius += Math.abs(slope) * half[world];
      }
      from[axis] = (int) Math.max(0, Math.ceil(centre - radius));
      to[axis] = (int) Math.min(geometry.size().along(axis), Math.floor(centre + radius) + 1);
      if (from[axis] >= to[axis]) {
        return Optional.empty();
      }
    }
    return Optional.of(new Box(from[0], from[1], from[2], to[0], to[1], to[2]));
  }

  /** The inverse of the affine's 3×3 part, by cofactors. */
  private static double[][] inverse(Affine a) {
    double[][] cofactors = new double[3][3];
    for (int column = 0; column < 3; column++) {
      int c1 = (column + 1) % 3;
      int c2 = (column + 2) % 3;
      for (int row = 0; row < 3; row++) {
        int r1 = (row + 1) % 3;
        int r2 = (row + 2) % 3;
        cofactors[column][row] = a.at(r1, c1) * a.at(r2, c2) - a.at(r1, c2) * a.at(r2, c1);
      }
    }
    double determinant = 0;
    for (int row = 0; row < 3; row++) {
      determinant += a.at(row, 0) * cofactors[0][row];
    }
    for (double[] line : cofactors) {
      for (int world = 0; world < 3; world++) {
        line[world] /= determinant;
      }
    }
    return cofactors;
  }
}
