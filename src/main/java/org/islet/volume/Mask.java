package org.islet.volume;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A set of voxels on a grid: 1 inside, 0 outside, x fastest. The voxels are shared, not copied;
 * whoever holds a mask does not change them.
 *
 * @param geometry the grid
 * @param voxels one byte per voxel, 0 or 1
 */
@SuppressWarnings("ArrayRecordComponent") // identity, not contents, is what equality of masks means
public record Mask(Geometry geometry, byte[] voxels) {

  public Mask {
    if (voxels.length != geometry.size().count()) {
      throw new IllegalArgumentException(
          "A mask of %s needs %d voxels, not %d."
              .formatted(geometry.size(), geometry.size().count(), voxels.length));
    }
  }

  /** A mask with no voxel in it. */
  public static Mask empty(Geometry geometry) {
    return new Mask(geometry, new byte[geometry.size().count()]);
  }

  /**
   * The voxels that more than {@code n} of the masks hold.
   *
   * @param masks at least one, at most 127
   * @throws IllegalArgumentException if there are more, or they are not all on one grid
   */
  public static Mask inMoreThan(int n, List<Mask> masks) {
    if (masks.size() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "At most 127 masks can be counted, not %d.".formatted(masks.size()));
    }
    Geometry grid = masks.get(0).geometry();
    for (Mask mask : masks) {
      if (!mask.geometry().matches(grid)) {
        throw new IllegalArgumentException(
            "Masks of %s and %s are not on one grid: their sizes or affines differ."
                .formatted(grid.size(), mask.size()));
      }
    }
    byte[] inside = new byte[grid.size().count()];
    int slice = grid.size().x() * grid.size().y();
    IntStream.range(0, grid.size().z())
        .parallel()
        .forEach(
            k -> {
              for (Mask mask : masks) {
                for (int i = k * slice; i < (k + 1) * slice; i++) {
                  inside[i] += mask.voxels[i];
                }
              }
              for (int i = k * slice; i < (k + 1) * slice; i++) {
                inside[i] = (byte) (inside[i] > n ? 1 : 0);
              }
            });
    return new Mask(grid, inside);
  }

  public Size size() {
    return geometry.size();
  }

  public boolean contains(int i, int j, int k) {
    return voxels[size().index(i, j, k)] != 0;
  }

  /** The number of voxels inside. */
  public int count() {
    int slice = size().x() * size().y();
    return IntStream.range(0, size().z())
        .parallel()
        .map(
            k -> {
              int n = 0;
              for (int i = k * slice; i < (k + 1) * slice; i++) {
                n += voxels[i];
              }
              return n;
            })
        .sum();
  }

  public boolean isEmpty() {
    return count() == 0;
  }

  /** The volume inside, in ml. */
  public double millilitres() {
    return count() * geometry.voxelVolume() / 1000;
  }

  /** Whether a voxel of the grid's outermost layer is inside. */
  public boolean touchesBorder() {
    return Box.around(this).map(box -> box.touchesBorderOf(size())).orElse(false);
  }

  /** The mask inside a box, which must lie inside this mask's grid. */
  public Mask cropped(Box box) {
    box.requireInside(size());
    return new Mask(
        geometry.cropped(box), (byte[]) StridedView.of(size(), box).copy(voxels, box.size()));
  }

  /**
   * This mask of a box's size on a larger grid, empty outside the box: what {@link #cropped} took
   * out, put back.
   */
  public Mask pastedInto(Geometry grid, Box box) {
    box.requireInside(grid.size());
    if (!box.size().equals(size())) {
      throw new IllegalArgumentException(
          "A mask of %s cannot be pasted into a box of %s.".formatted(size(), box.size()));
    }
    byte[] pasted = new byte[grid.size().count()];
    StridedView.of(grid.size(), box).paste(voxels, size(), pasted);
    return new Mask(grid, pasted);
  }
}
