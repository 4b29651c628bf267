package org.islet.volume;

import java.util.stream.IntStream;

/**
 * Decimation by a whole factor R along all three axes, and the way back.
 *
 * <p>A small voxel stands for a block of R³ voxels. Where R does not divide a size, the last block
 * along that axis is shorter, and its mean is over the voxels it has: the small size is ⌈n / R⌉.
 * The way back gives each voxel the value of its block, so exactly the original size returns.
 */
public final class Resampling {

  private Resampling() {}

  /** The mean of each block, as floats. */
  public static Volume downsample(Volume volume, int factor) {
    Geometry small = volume.geometry().downsampled(factor);
    Rows rows = (from, row) -> volume.copy(from, row.length, row, 0);
    return Volume.of(small, blockMeans(volume.size(), rows, small.size(), factor));
  }

  /** A block is inside where at least half of its voxels are. */
  public static Mask downsample(Mask mask, int factor) {
    Geometry small = mask.geometry().downsampled(factor);
    byte[] voxels = mask.toBytes();
    Rows rows =
        (from, row) -> {
          for (int i = 0; i < row.length; i++) {
            row[i] = voxels[from + i];
          }
        };
    float[] means = blockMeans(mask.size(), rows, small.size(), factor);
    byte[] inside = new byte[means.length];
    for (int i = 0; i < means.length; i++) {
      inside[i] = (byte) (means[i] >= 0.5f ? 1 : 0);
    }
    return Mask.of(small, inside);
  }

  /**
   * The mask on a grid {@code factor} times as fine.
   *
   * @throws IllegalArgumentException if decimating {@code grid} does not give the mask's size
   */
  public static Mask upsample(Mask mask, int factor, Geometry grid) {
    Size size = grid.size();
    if (!size.dividedBy(factor).equals(mask.size())) {
      throw new IllegalArgumentException(
          "A mask of %s is not what decimating %s by %d gives (%s)."
              .formatted(mask.size(), size, factor, size.dividedBy(factor)));
    }
    return Box.around(mask)
        .flatMap(box -> box.scaled(factor).clippedTo(size))
        .map(frame -> Mask.of(grid, frame, blocksOf(mask, factor, frame)))
        .orElseGet(() -> Mask.empty(grid));
  }

  /** The voxels of a box of the fine grid, each as its block is in the mask. */
  private static byte[] blocksOf(Mask mask, int factor, Box box) {
    Size size = box.size();
    byte[] fine = new byte[size.count()];
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        int row = size.index(0, j, k);
        for (int i = 0; i < size.x(); i++) {
          boolean inside =
              mask.contains(
                  (box.x0() + i) / factor, (box.y0() + j) / factor, (box.z0() + k) / factor);
          fine[row + i] = (byte) (inside ? 1 : 0);
        }
      }
    }
    return fine;
  }

  /** Where voxels come from: the values from a flat index on, as many as fill a row. */
  private interface Rows {
    void read(int from, float[] row);
  }

  private static float[] blockMeans(Size size, Rows rows, Size small, int factor) {
    float[] means = new float[small.count()];
    IntStream.range(0, small.z())
        .parallel()
        .forEach(
            k -> {
              float[] row = new float[size.x()];
              int depth = Math.min(factor, size.z() - k * factor);
              for (int j = 0; j < small.y(); j++) {
                int height = Math.min(factor, size.y() - j * factor);
                int to = small.index(0, j, k);
                for (int dz = 0; dz < depth; dz++) {
                  for (int dy = 0; dy < height; dy++) {
                    rows.read(size.index(0, j * factor + dy, k * factor + dz), row);
                    addBlocks(row, factor, means, to);
                  }
                }
                for (int i = 0; i < small.x(); i++) {
                  means[to + i] /= depth * height * Math.min(factor, size.x() - i * factor);
                }
              }
            });
    return means;
  }

  private static void addBlocks(float[] row, int factor, float[] sums, int to) {
    for (int i = 0; i < row.length; i++) {
      sums[to + i / factor] += row[i];
    }
  }
}
