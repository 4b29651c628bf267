package org.islet.format;

import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * Gathers a CT's voxels: as 16-bit integers as long as every value is a whole number, and as floats
 * from the first fraction on.
 */
final class HuVoxels implements VoxelSink {

  private final Geometry geometry;
  private short[] whole;
  private float[] fractional;
  private int filled;
  private double first;
  private boolean allAlike = true;

  HuVoxels(Geometry geometry) {
    this.geometry = geometry;
    this.whole = new short[geometry.size().count()];
  }

  /**
   * @throws InputRefusedException {@code not-finite}, or {@code out-of-range} for a value that is
   *     not in −32768…32767
   */
  @Override
  public void accept(double[] values, int count) throws InputRefusedException {
    if (filled == 0) {
      first = values[0];
    }
    allAlike = allAlike && allAre(first, values, count);
    int stored = fractional == null ? storeWhole(values, count) : 0;
    if (stored < count) {
      requireHu(values, stored, count);
      storeFractional(values, stored, count);
    }
    filled += count;
  }

  private static boolean allAre(double value, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (values[i] != value) {
        return false;
      }
    }
    return true;
  }

  /** Stores values up to the first that is no 16-bit integer, and returns how many. */
  private int storeWhole(double[] values, int count) {
    short[] to = whole;
    int start = filled;
    for (int i = 0; i < count; i++) {
      short value = (short) values[i];
      if (value != values[i]) {
        return i;
      }
      to[start + i] = value;
    }
    return count;
  }

  private void requireHu(double[] values, int from, int count) throws InputRefusedException {
    for (int i = from; i < count; i++) {
      if (!(values[i] >= Short.MIN_VALUE && values[i] <= Short.MAX_VALUE)) {
        throw refusal(filled + i, values[i]);
      }
    }
  }

  private void storeFractional(double[] values, int from, int count) {
    if (fractional == null) {
      fractional = new float[whole.length];
      for (int i = 0; i < filled + from; i++) {
        fractional[i] = whole[i];
      }
      whole = null;
    }
    for (int i = from; i < count; i++) {
      fractional[filled + i] = (float) values[i];
    }
  }

  /**
   * The volume, once every voxel was taken.
   *
   * @throws InputRefusedException {@code constant} if all voxels are alike
   */
  Volume toVolume() throws InputRefusedException {
    if (allAlike) {
      throw new InputRefusedException(
          "constant",
          "All %d voxels are %s, so there is no picture in it. Export the image again."
              .formatted(filled, first));
    }
    return fractional == null ? Volume.of(geometry, whole) : Volume.of(geometry, fractional);
  }

  private InputRefusedException refusal(int index, double value) {
    Size size = geometry.size();
    return Double.isFinite(value)
        ? new InputRefusedException(
            "out-of-range",
            ("Voxel %s is %s, outside −32768…32767, so the values are not HU. Check the slope and"
                    + " intercept in the header, and that this is a CT.")
                .formatted(VoxelSink.place(size, index), value))
        : VoxelSink.notFinite(size, index, value);
  }
}
