package org.islet.volume;

/**
 * The number of voxels along each axis of a grid. Voxels are stored flat, x fastest: voxel (i, j,
 * k) is at {@code i + x * (j + y * k)}.
 *
 * @param x voxels along the first axis, at least 1
 * @param y voxels along the second axis, at least 1
 * @param z voxels along the third axis, at least 1
 */
public record Size(int x, int y, int z) {

  /** The most voxels of a grid: as many as a Java array can hold. */
  static final int MOST_VOXELS = Integer.MAX_VALUE - 8;

  /**
   * @throws IllegalArgumentException if an axis is shorter than 1 or the grid has more voxels than
   *     a Java array can hold
   */
  public Size {
    if (x < 1 || y < 1 || z < 1) {
      throw new IllegalArgumentException(
          "A grid needs at least one voxel along each axis, not " + x + "×" + y + "×" + z + ".");
    }
    if (Math.multiplyFull(x, y) > Integer.MAX_VALUE || Math.multiplyFull(x * y, z) > MOST_VOXELS) {
      throw new IllegalArgumentException(
          "A grid of %d×%d×%d voxels is larger than Islet can address (%d voxels)."
              .formatted(x, y, z, MOST_VOXELS));
    }
  }

  /** The number of voxels. */
  public int count() {
    return x * y * z;
  }

  /** The flat index of voxel (i, j, k), which must lie inside the grid. */
  public int index(int i, int j, int k) {
    return i + x * (j + y * k);
  }

  /** The length of axis 0 (x), 1 (y) or 2 (z). */
  public int along(int axis) {
    return switch (axis) {
      case 0 -> x;
      case 1 -> y;
      case 2 -> z;
      default -> throw new IndexOutOfBoundsException("axis " + axis);
    };
  }

  /**
   * The size after joining blocks of {@code factor}³ voxels, a shorter last block counted whole.
   */
  public Size dividedBy(int factor) {
    return new Size(ceilDiv(x, factor), ceilDiv(y, factor), ceilDiv(z, factor));
  }

  /** The smallest size that holds this one and is a multiple of a divisor along each axis. */
  public Size madeUpTo(int divisor) {
    Size blocks = dividedBy(divisor);
    return new Size(blocks.x() * divisor, blocks.y() * divisor, blocks.z() * divisor);
  }

  private static int ceilDiv(int n, int factor) {
    return (n + factor - 1) / factor;
  }

  @Override
  public String toString() {
    return x + "×" + y + "×" + z;
  }
}
