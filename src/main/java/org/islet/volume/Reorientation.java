package org.islet.volume;

import java.util.Arrays;

/**
 * A lossless change of a grid's axes: permutation and flips, never interpolation. Voxels keep their
 * place in the patient; only the order in which they are stored changes.
 */
public final class Reorientation {

  private final Geometry from;
  private final Geometry to;
  private final StridedView view;

  /** From a grid's own orientation to another. */
  public Reorientation(Geometry from, Orientation target) {
    Orientation source = from.orientation();
    int[] axes = new int[3];
    int[] sign = new int[3];
    int[] first = new int[3];
    for (int a = 0; a < 3; a++) {
      int axis = source.axisAlong(target.worldAlong(a));
      boolean flipped = source.isReversed(axis) != target.isReversed(a);
      axes[a] = axis;
      sign[a] = flipped ? -1 : 1;
      first[axis] = flipped ? from.size().along(axis) - 1 : 0;
    }
    Size size =
        new Size(
            from.size().along(axes[0]), from.size().along(axes[1]), from.size().along(axes[2]));
    this.from = from;
    this.to = new Geometry(size, from.affine().regridded(axes, asDoubles(sign), asDoubles(first)));
    int[] unit = {1, from.size().x(), from.size().x() * from.size().y()};
    this.view =
        new StridedView(
            from.size().index(first[0], first[1], first[2]),
            sign[0] * unit[axes[0]],
            sign[1] * unit[axes[1]],
            sign[2] * unit[axes[2]]);
  }

  /** From any grid to the orientation that the stages see. */
  public static Reorientation toCanonical(Geometry from) {
    return new Reorientation(from, Orientation.CANONICAL);
  }

  /** The grid after the change. */
  public Geometry target() {
    return to;
  }

  /** Whether nothing has to move. */
  public boolean isIdentity() {
    return from.equals(to);
  }

  /**
   * The volume in the new order; the same object where nothing has to move.
   *
   * @throws IllegalArgumentException if the volume is not on the grid this was made for
   */
  public Volume apply(Volume volume) {
    requireGrid(volume.geometry(), from);
    return isIdentity() ? volume : volume.withVoxels(to, view.copy(volume.voxels(), to.size()));
  }

  /**
   * The mask, brought back from the new order to the old one.
   *
   * @throws IllegalArgumentException if the mask is not on the grid that this leads to
   */
  public Mask undo(Mask mask) {
    requireGrid(mask.geometry(), to);
    if (isIdentity()) {
      return mask;
    }
    byte[] voxels = new byte[from.size().count()];
    view.paste(mask.voxels(), to.size(), voxels);
    return new Mask(from, voxels);
  }

  private static double[] asDoubles(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }

  private static void requireGrid(Geometry actual, Geometry expected) {
    if (!actual.matches(expected)) {
      throw new IllegalArgumentException(
          "Expected the grid %s %s, but got %s %s."
              .formatted(expected.size(), expected.affine(), actual.size(), actual.affine()));
    }
  }
}
