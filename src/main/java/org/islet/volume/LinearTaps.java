package org.islet.volume;

/**
 * For each voxel of a new line, the two voxels of an old line on either side of its centre, and the
 * share of the second. Before the first and after the last centre of the old line its outermost
 * voxel stands for both.
 */
final class LinearTaps {

  private final int length;
  private final int[] lower;
  private final int[] upper;
  private final float[] share;

  /**
   * @param count voxels of the new line
   * @param step how many old voxels a new one is long
   * @param start where the new line's first centre lies, in voxels of the old line
   * @param length voxels of the old line
   */
  LinearTaps(int count, double step, double start, int length) {
    this.length = length;
    lower = new int[count];
    upper = new int[count];
    share = new float[count];
    for (int i = 0; i < count; i++) {
      double place = Math.max(0, Math.min(length - 1, step * i + start));
      lower[i] = (int) place;
      upper[i] = Math.min(lower[i] + 1, length - 1);
      share[i] = (float) (place - lower[i]);
    }
  }

  /** The number of voxels of the new line. */
  int count() {
    return lower.length;
  }

  /** The number of voxels of the old line. */
  int length() {
    return length;
  }

  int lower(int i) {
    return lower[i];
  }

  int upper(int i) {
    return upper[i];
  }

  float share(int i) {
    return share[i];
  }

  /** The value between two. */
  static float between(float a, float b, float share) {
    return a + share * (b - a);
  }

  /** Interpolates a line of values. */
  void interpolate(float[] old, float[] line) {
    for (int i = 0; i < line.length; i++) {
      line[i] = between(old[lower[i]], old[upper[i]], share[i]);
    }
  }
}
