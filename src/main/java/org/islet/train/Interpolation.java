package org.islet.train;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.islet.dataset.PreparedCase;
import org.islet.volume.Size;

/** A case between its voxels, by trilinear interpolation; outside the case everything is 0. */
final class Interpolation {

  /** Interpolated values closer to 0 or 1 than half a stored step are just that. */
  private static final float HALF_STEP = 0.5f;

  private final Size size;
  private final ShortBuffer values;
  private final ByteBuffer inside;

  Interpolation(PreparedCase of) {
    this.size = of.size();
    this.values = of.values();
    this.inside = of.inside();
  }

  /**
   * Reads a row.
   *
   * @param places along x, y and z, in voxels
   * @param toValues takes the values in 0…1, from index {@code start} on
   * @param toTruth takes 1 where at least half of what is around a place is inside, else 0
   */
  void read(float[][] places, float[] toValues, float[] toTruth, int start) {
    for (int n = 0; n < places[0].length; n++) {
      float x = places[0][n];
      float y = places[1][n];
      float z = places[2][n];
      if (x > -1 && y > -1 && z > -1 && x < size.x() && y < size.y() && z < size.z()) {
        read(x, y, z, toValues, toTruth, start + n);
      }
    }
  }

  private void read(float x, float y, float z, float[] toValues, float[] toTruth, int to) {
    // The two voxels on either side along each axis, and their weights; 0 for one outside.
    int i = floor(x);
    int j = floor(y);
    int k = floor(z);
    int i0 = Math.max(i, 0);
    int j0 = Math.max(j, 0);
    int k0 = Math.max(k, 0);
    int i1 = Math.min(i + 1, size.x() - 1);
    int j1 = Math.min(j + 1, size.y() - 1);
    int k1 = Math.min(k + 1, size.z() - 1);
    float x1 = i + 1 > i1 ? 0 : x - i;
    float y1 = j + 1 > j1 ? 0 : y - j;
    float z1 = k + 1 > k1 ? 0 : z - k;
    float x0 = i < 0 ? 0 : 1 - (x - i);
    float y0 = j < 0 ? 0 : 1 - (y - j);
    float z0 = k < 0 ? 0 : 1 - (z - k);
    int row00 = size.index(0, j0, k0);
    int row10 = size.index(0, j1, k0);
    int row01 = size.index(0, j0, k1);
    int row11 = size.index(0, j1, k1);
    float value =
        z0 * (y0 * value(row00, i0, i1, x0, x1) + y1 * value(row10, i0, i1, x0, x1))
            + z1 * (y0 * value(row01, i0, i1, x0, x1) + y1 * value(row11, i0, i1, x0, x1));
    float share =
        z0 * (y0 * share(row00, i0, i1, x0, x1) + y1 * share(row10, i0, i1, x0, x1))
            + z1 * (y0 * share(row01, i0, i1, x0, x1) + y1 * share(row11, i0, i1, x0, x1));
    toValues[to] =
        value <= HALF_STEP
            ? 0
            : value >= PreparedCase.ONE - HALF_STEP ? 1 : value / PreparedCase.ONE;
    toTruth[to] = share >= 0.5f ? 1 : 0;
  }

  /** Adding 1 to a place before cutting it off would round some up beyond the last voxel. */
  private static int floor(float place) {
    int cut = (int) place;
    return place < cut ? cut - 1 : cut;
  }

  private float value(int row, int i0, int i1, float x0, float x1) {
    return x0 * Short.toUnsignedInt(values.get(row + i0))
        + x1 * Short.toUnsignedInt(values.get(row + i1));
  }

  private float share(int row, int i0, int i1, float x0, float x1) {
    return x0 * inside.get(row + i0) + x1 * inside.get(row + i1);
  }
}
