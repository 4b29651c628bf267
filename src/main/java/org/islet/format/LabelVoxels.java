package org.islet.format;

import org.islet.volume.Geometry;
import org.islet.volume.Mask;

/** Gathers the voxels of one label. */
final class LabelVoxels implements VoxelSink {

  private final Geometry geometry;
  private final byte[] voxels;
  private final int label;
  private int filled;

  LabelVoxels(Geometry geometry, int label) {
    this.geometry = geometry;
    this.voxels = new byte[geometry.size().count()];
    this.label = label;
  }

  /**
   * @throws InputRefusedException {@code not-finite}
   */
  @Override
  public void accept(double[] values, int count) throws InputRefusedException {
    for (int i = 0; i < count; i++) {
      double value = values[i];
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        throw VoxelSink.notFinite(geometry.size(), filled + i, value);
      }
      voxels[filled + i] = (byte) (value == label ? 1 : 0);
    }
    filled += count;
  }

  /** The mask, once every voxel was taken. */
  Mask toMask() {
    return Mask.of(geometry, voxels).trimmed();
  }
}
