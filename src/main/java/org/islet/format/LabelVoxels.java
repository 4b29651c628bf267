package org.islet.format;

import java.util.SortedSet;
import java.util.TreeSet;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;

/** Gathers the voxels of one label, and the values that are neither it nor 0. */
final class LabelVoxels implements VoxelSink {

  private final Geometry geometry;
  private final byte[] voxels;
  private final int label;
  private final SortedSet<Double> others = new TreeSet<>();
  private double latestOther;
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
      if (value != label && value != latestOther) {
        note(value);
      }
    }
    filled += count;
  }

  /** Labels lie in runs, so this is rare; the latest other value begins as 0, which is none. */
  private void note(double value) {
    latestOther = value;
    if (value != 0 && others.size() < LabelImage.MOST_VALUES) {
      others.add(value);
    }
  }

  /** The image, once every voxel was taken. */
  LabelImage toImage() {
    return new LabelImage(Mask.of(geometry, voxels).trimmed(), others);
  }
}
