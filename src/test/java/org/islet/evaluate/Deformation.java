package org.islet.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.islet.volume.Mask;
import org.islet.volume.Size;

/** Bends masks smoothly: each voxel takes the value at a place that a sum of slow waves moves. */
record Deformation(List<Wave> waves) {

  private static final int WAVES = 3;

  /**
   * A wave of displacements.
   *
   * @param axis along which it moves
   * @param mm how far at the most
   * @param turns radians per mm along x, y and z
   * @param phase in radians
   */
  private record Wave(int axis, double mm, List<Double> turns, double phase) {
    double at(double[] place) {
      double angle = phase;
      for (int a = 0; a < 3; a++) {
        angle += turns.get(a) * place[a];
      }
      return mm * Math.sin(angle);
    }
  }

  /** Three waves along each axis, of up to 3 mm each. */
  static Deformation random(Random random) {
    List<Wave> waves = new ArrayList<>();
    for (int i = 0; i < 3 * WAVES; i++) {
      double turns = 2 * Math.PI / (30 + 60 * random.nextDouble());
      List<Double> direction =
          List.of(
              turns * random.nextGaussian() / 2,
              turns * random.nextGaussian() / 2,
              turns * random.nextGaussian() / 2);
      waves.add(
          new Wave(i % 3, 3 * random.nextDouble(), direction, 2 * Math.PI * random.nextDouble()));
    }
    return new Deformation(waves);
  }

  /** The mask bent, on its own grid, by its nearest voxels. */
  Mask of(Mask mask) {
    Size size = mask.size();
    byte[] voxels = new byte[size.count()];
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          voxels[size.index(i, j, k)] = (byte) (isInside(mask, i, j, k) ? 1 : 0);
        }
      }
    }
    return Mask.of(mask.geometry(), voxels);
  }

  private boolean isInside(Mask mask, int... voxel) {
    double[] place = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      place[axis] = voxel[axis] * mask.geometry().spacing(axis);
    }
    int[] from = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      double moved = place[axis];
      for (Wave wave : waves) {
        moved += wave.axis() == axis ? wave.at(place) : 0;
      }
      from[axis] = (int) Math.round(moved / mask.geometry().spacing(axis));
      if (from[axis] < 0 || from[axis] >= mask.size().along(axis)) {
        return false;
      }
    }
    return mask.contains(from[0], from[1], from[2]);
  }
}
