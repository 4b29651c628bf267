package org.islet.volume;

import java.util.stream.IntStream;

/**
 * Trilinear interpolation between grids along the same axes. A voxel's value belongs to its centre;
 * beyond the outermost centres the field of view goes on for half a voxel with the value of the
 * outermost voxel. PyTorch's {@code interpolate} does the same with {@code mode='trilinear',
 * align_corners=False}.
 *
 * <p>A new voxel is a mean of the eight old ones around its centre also where it is larger than
 * they are: old voxels in between have no part in it, so fine detail can alias, as it does in
 * PyTorch without {@code antialias}. {@link Resampling#downsample(Volume, int)} lets each old voxel
 * count.
 */
public final class Trilinear {

  /** Half of what is around a voxel's centre, but for rounding. */
  private static final float HALF = 0.5f - 1e-5f;

  private Trilinear() {}

  /** Reads or takes the row of voxels (·, j, k). */
  private interface Row {
    void at(int j, int k, float[] values);
  }

  /**
   * The volume as floats on a grid of another size that covers the same field of view: see {@link
   * Geometry#resized}.
   */
  public static Volume resized(Volume volume, Size size) {
    Size old = volume.size();
    LinearTaps[] taps = new LinearTaps[3];
    for (int axis = 0; axis < 3; axis++) {
      double step = (double) old.along(axis) / size.along(axis);
      taps[axis] = new LinearTaps(size.along(axis), step, (step - 1) / 2, old.along(axis));
    }
    float[] values = new float[size.count()];
    interpolate(
        (j, k, row) -> volume.copy(old.index(0, j, k), row.length, row, 0),
        taps,
        (j, k, row) -> System.arraycopy(row, 0, values, size.index(0, j, k), row.length));
    return Volume.of(volume.geometry().resized(size), values);
  }

  /**
   * The mask on another grid whose axes are parallel to those of its own: a voxel is inside where
   * at least half of what the mask holds around its centre is, and outside where its centre lies
   * beyond the mask's field of view. Takes time and memory in proportion to the mask's frame, on
   * either grid.
   *
   * @throws IllegalArgumentException if the axes are not parallel
   */
  public static Mask resampled(Mask mask, Geometry grid) {
    Box near = mask.frame().grown(1).clippedTo(mask.size()).orElseThrow();
    AxisMap[] maps = AxisMap.between(grid, mask.geometry());
    int[] from = new int[3];
    int[] to = new int[3];
    LinearTaps[] taps = new LinearTaps[3];
    for (int axis = 0; axis < 3; axis++) {
      double low = Math.max(mask.frame().start(axis) - 1, -0.5);
      double high = Math.min(mask.frame().end(axis), mask.size().along(axis) - 0.5);
      AxisMap map = maps[axis];
      from[axis] = (int) Math.max(0, map.firstWithin(low, high));
      to[axis] = (int) Math.min(grid.size().along(axis), map.lastWithin(low, high) + 1);
      if (from[axis] >= to[axis]) {
        return Mask.empty(grid);
      }
      taps[axis] =
          new LinearTaps(
              to[axis] - from[axis],
              map.step(),
              map.at(from[axis]) - near.start(axis),
              near.size().along(axis));
    }
    Box frame = new Box(from[0], from[1], from[2], to[0], to[1], to[2]);
    return Mask.of(grid, frame, halves(mask.cropped(near).toBytes(), near.size(), taps));
  }

  /** The voxels at least half of whose surroundings are inside. */
  private static byte[] halves(byte[] voxels, Size old, LinearTaps[] taps) {
    Size size = new Size(taps[0].count(), taps[1].count(), taps[2].count());
    byte[] inside = new byte[size.count()];
    interpolate(
        (j, k, row) -> {
          int from = old.index(0, j, k);
          for (int i = 0; i < row.length; i++) {
            row[i] = voxels[from + i];
          }
        },
        taps,
        (j, k, row) -> {
          int to = size.index(0, j, k);
          for (int i = 0; i < row.length; i++) {
            inside[to + i] = (byte) (row[i] >= HALF ? 1 : 0);
          }
        });
    return inside;
  }

  private static void interpolate(Row from, LinearTaps[] taps, Row to) {
    LinearTaps x = taps[0];
    LinearTaps y = taps[1];
    LinearTaps z = taps[2];
    IntStream.range(0, z.count())
        .parallel()
        .forEach(
            k -> {
              float[][] near = new float[4][x.length()];
              float[] row = new float[x.count()];
              for (int j = 0; j < y.count(); j++) {
                from.at(y.lower(j), z.lower(k), near[0]);
                from.at(y.upper(j), z.lower(k), near[1]);
                from.at(y.lower(j), z.upper(k), near[2]);
                from.at(y.upper(j), z.upper(k), near[3]);
                blend(near, y.share(j), z.share(k));
                x.interpolate(near[0], row);
                to.at(j, k, row);
              }
            });
  }

  /** Leaves in the first row what lies between the four. */
  private static void blend(float[][] near, float shareY, float shareZ) {
    float[] blended = near[0];
    for (int i = 0; i < blended.length; i++) {
      blended[i] =
          LinearTaps.between(
              LinearTaps.between(near[0][i], near[1][i], shareY),
              LinearTaps.between(near[2][i], near[3][i], shareY),
              shareZ);
    }
  }
}
