package org.islet.volume;

/**
 * Where the voxels of one grid lie along an axis of another: voxel {@code i} at {@code start + i *
 * step} of the other's voxels.
 *
 * @param step not 0, below 0 where the axes run against each other
 */
record AxisMap(double step, double start) {

  /** How far an axis may lead away from its counterpart, as a share of its own length. */
  private static final double PARALLEL = 1e-4;

  /**
   * The places of one grid's voxels along each of the three axes of another.
   *
   * @throws IllegalArgumentException if an axis is not parallel to its counterpart
   */
  static AxisMap[] between(Geometry grid, Geometry other) {
    double[] first = other.affine().placeOf(grid.affine().apply(0, 0, 0));
    AxisMap[] maps = new AxisMap[3];
    for (int axis = 0; axis < 3; axis++) {
      double[] next =
          other
              .affine()
              .placeOf(
                  grid.affine().apply(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0));
      double step = next[axis] - first[axis];
      for (int away = 0; away < 3; away++) {
        if (away != axis && !(Math.abs(next[away] - first[away]) < PARALLEL * Math.abs(step))) {
          throw new IllegalArgumentException(
              "The axes of the grids %s and %s are not parallel, so neither can be resampled to the other."
                  .formatted(grid.affine(), other.affine()));
        }
      }
      maps[axis] = new AxisMap(step, first[axis]);
    }
    return maps;
  }

  /** The place of a voxel. */
  double at(int i) {
    return start + i * step;
  }

  /** The first voxel whose place is one from {@code low} to {@code high}, if any is. */
  double firstWithin(double low, double high) {
    return Math.ceil((step > 0 ? low - start : high - start) / step);
  }

  /** The last voxel whose place is one from {@code low} to {@code high}, if any is. */
  double lastWithin(double low, double high) {
    return Math.floor((step > 0 ? high - start : low - start) / step);
  }
}
