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
    return Volume.of(small, blockMeans(volume.size(), volume.voxels(), small.size(), factor));
  }

  /** A block is inside where at least half of its voxels are. */
  public static Mask downsample(Mask mask, int factor) {
    Geometry small = mask.geometry().downsampled(factor);
    float[] means = blockMeans(mask.size(), mask.toBytes(), small.size(), factor);
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

  private static float[] blockMeans(Size size, Object voxels, Size small, int factor) {
    float[] means = new float[small.count()];
    IntStream.range(0, small.z())
        .parallel()
        .forEach(
            k -> {
              int depth = Math.min(factor, size.z() - k * factor);
              for (int j = 0; j < small.y(); j++) {
                int height = Math.min(factor, size.y() - j * factor);
                int row = small.index(0, j, k);
                for (int dz = 0; dz < depth; dz++) {
                  for (int dy = 0; dy < height; dy++) {
                    int from = size.index(0, j * factor + dy, k * factor + dz);
                    addRow(voxels, from, size.x(), factor, means, row);
                  }
                }
                for (int i = 0; i < small.x(); i++) {
                  means[row + i] /= depth * height * Math.min(factor, size.x() - i * factor);
                }
              }
            });
    return means;
  }

  private static void addRow(
      Object voxels, int from, int length, int factor, float[] sums, int row) {
    if (voxels instanceof float[] f) {
      for (int i = 0; i < length; i++) {
        sums[row + i / factor] += f[from + i];
      }
    } else if (voxels instanceof short[] s) {
      for (int i = 0; i < length; i++) {
        sums[row + i / factor] += s[from + i];
      }
    } else {
      byte[] b = (byte[]) voxels;
      for (int i = 0; i < length; i++) {
        sums[row + i / factor] += b[from + i];
      }
    }
  }
}
