package org.islet.volume;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A box of voxels, half-open: it holds the voxels from (x0, y0, z0) up to but not including (x1,
 * y1, z1). A box is never empty; it may reach beyond a grid until it is clipped to it.
 */
public record Box(int x0, int y0, int z0, int x1, int y1, int z1) {

  /**
   * @throws IllegalArgumentException if the box holds no voxel
   */
  public Box {
    if (x0 >= x1 || y0 >= y1 || z0 >= z1) {
      throw new IllegalArgumentException(
          "A box from (%d, %d, %d) to (%d, %d, %d) holds no voxel."
              .formatted(x0, y0, z0, x1, y1, z1));
    }
  }

  /** The box of a whole grid. */
  public static Box of(Size size) {
    return new Box(0, 0, 0, size.x(), size.y(), size.z());
  }

  /** The smallest box around a mask; nothing for an empty mask. */
  public static Optional<Box> around(Mask mask) {
    Box frame = mask.frame();
    Size size = frame.size();
    return IntStream.range(0, size.z())
        .parallel()
        .mapToObj(k -> aroundSlice(mask.framed(), size, k))
        .flatMap(Optional::stream)
        .reduce(Box::enclosing)
        .map(box -> box.moved(frame.x0(), frame.y0(), frame.z0()));
  }

  private static Optional<Box> aroundSlice(byte[] voxels, Size size, int k) {
    int x0 = size.x();
    int x1 = -1;
    int y0 = -1;
    int y1 = -1;
    for (int j = 0; j < size.y(); j++) {
      int row = size.index(0, j, k);
      int first = firstInside(voxels, row, size.x());
      if (first < 0) {
        continue;
      }
      int last = size.x() - 1;
      while (voxels[row + last] == 0) {
        last--;
      }
      x0 = Math.min(x0, first);
      x1 = Math.max(x1, last);
      y0 = y0 < 0 ? j : y0;
      y1 = j;
    }
    return x1 < 0 ? Optional.empty() : Optional.of(new Box(x0, y0, k, x1 + 1, y1 + 1, k + 1));
  }

  private static int firstInside(byte[] voxels, int row, int length) {
    for (int i = 0; i < length; i++) {
      if (voxels[row + i] != 0) {
        return i;
      }
    }
    return -1;
  }

  public Size size() {
    return new Size(x1 - x0, y1 - y0, z1 - z0);
  }

  /** The first voxel along an axis (0 x, 1 y, 2 z). */
  int start(int axis) {
    return axis == 0 ? x0 : axis == 1 ? y0 : z0;
  }

  /** The voxel after the last one along an axis (0 x, 1 y, 2 z). */
  int end(int axis) {
    return axis == 0 ? x1 : axis == 1 ? y1 : z1;
  }

  /** The number of voxels. */
  public long count() {
    return (long) (x1 - x0) * (y1 - y0) * (z1 - z0);
  }

  /** The box with {@code margin} more voxels in each of the six directions. */
  public Box grown(int margin) {
    return grown(margin, margin, margin);
  }

  /** The box with so many more voxels on either side along each axis. */
  public Box grown(int x, int y, int z) {
    return new Box(x0 - x, y0 - y, z0 - z, x1 + x, y1 + y, z1 + z);
  }

  /** The box, so many voxels further along each axis. */
  public Box moved(int x, int y, int z) {
    return new Box(x0 + x, y0 + y, z0 + z, x1 + x, y1 + y, z1 + z);
  }

  /** The box of the same voxels on a grid {@code factor} times as fine. */
  public Box scaled(int factor) {
    return new Box(
        Math.multiplyExact(x0, factor),
        Math.multiplyExact(y0, factor),
        Math.multiplyExact(z0, factor),
        Math.multiplyExact(x1, factor),
        Math.multiplyExact(y1, factor),
        Math.multiplyExact(z1, factor));
  }

  /** The part of the box that lies inside a grid; nothing if none does. */
  public Optional<Box> clippedTo(Size grid) {
    return intersection(Box.of(grid));
  }

  /** The voxels that both boxes hold; nothing if there are none. */
  public Optional<Box> intersection(Box other) {
    int ax = Math.max(x0, other.x0);
    int ay = Math.max(y0, other.y0);
    int az = Math.max(z0, other.z0);
    int bx = Math.min(x1, other.x1);
    int by = Math.min(y1, other.y1);
    int bz = Math.min(z1, other.z1);
    return ax < bx && ay < by && az < bz
        ? Optional.of(new Box(ax, ay, az, bx, by, bz))
        : Optional.empty();
  }

  /** The smallest box that holds both. */
  public Box enclosing(Box other) {
    return new Box(
        Math.min(x0, other.x0),
        Math.min(y0, other.y0),
        Math.min(z0, other.z0),
        Math.max(x1, other.x1),
        Math.max(y1, other.y1),
        Math.max(z1, other.z1));
  }

  /** Whether voxel (i, j, k) is one of the box's. */
  public boolean contains(int i, int j, int k) {
    return i >= x0 && i < x1 && j >= y0 && j < y1 && k >= z0 && k < z1;
  }

  /** Whether every voxel of the box is one of the grid's. */
  public boolean isInside(Size grid) {
    return x0 >= 0 && y0 >= 0 && z0 >= 0 && x1 <= grid.x() && y1 <= grid.y() && z1 <= grid.z();
  }

  /** Whether the box reaches the grid's outermost layer of voxels on any side, or beyond. */
  public boolean touchesBorderOf(Size grid) {
    return x0 <= 0 || y0 <= 0 || z0 <= 0 || x1 >= grid.x() || y1 >= grid.y() || z1 >= grid.z();
  }

  /** Whether this box shares a side with one that holds it where that one does not end the grid. */
  boolean sharesSideInside(Box outer, Size grid) {
    for (int axis = 0; axis < 3; axis++) {
      boolean first = start(axis) == outer.start(axis) && start(axis) > 0;
      boolean last = end(axis) == outer.end(axis) && end(axis) < grid.along(axis);
      if (first || last) {
        return true;
      }
    }
    return false;
  }

  void requireInside(Size grid) {
    if (!isInside(grid)) {
      throw new IllegalArgumentException(
          "The box %s reaches beyond the grid of %s.".formatted(this, grid));
    }
  }

  @Override
  public String toString() {
    return "(%d, %d, %d)…(%d, %d, %d)".formatted(x0, y0, z0, x1, y1, z1);
  }
}
