package org.islet.format;

import org.islet.volume.Size;

/** Takes a file's voxels in the order in which they are stored, x fastest, a chunk at a time. */
interface VoxelSink {

  /**
   * @param values the next voxels, scaled
   * @param count how many of them count
   */
  void accept(double[] values, int count) throws InputRefusedException;

  /** The refusal of a voxel that is NaN or infinite. */
  static InputRefusedException notFinite(Size size, int index, double value) {
    return new InputRefusedException(
        "not-finite",
        "Voxel %s is %s; every voxel must be a finite number. Export the image again."
            .formatted(place(size, index), value));
  }

  /** The indices (i, j, k) of a flat index. */
  static String place(Size size, int index) {
    int row = index / size.x();
    return "(%d, %d, %d)".formatted(index % size.x(), row % size.y(), row / size.y());
  }
}
