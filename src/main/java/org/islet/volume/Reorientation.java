package org.islet.volume;

/**
 * A lossless change of a grid's axes: permutation and flips, never interpolation. Voxels keep their
 * place in the patient; only the order in which they are stored changes.
 */
public final class Reorientation {

  private final Geometry from;
  private final Geometry to;

  /** For each axis of the target, the source's axis along which it runs. */
  private final int[] axes = new int[3];

  /** For each axis of the target, whether it runs against the source's axis. */
  private final boolean[] flipped = new boolean[3];

  /** From a grid's own orientation to another. */
  public Reorientation(Geometry from, Orientation target) {
    Orientation source = from.orientation();
    double[] sign = new double[3];
    double[] first = new double[3];
    for (int a = 0; a < 3; a++) {
      int axis = source.axisAlong(target.worldAlong(a));
      axes[a] = axis;
      flipped[a] = source.isReversed(axis) != target.isReversed(a);
      sign[a] = flipped[a] ? -1 : 1;
      first[axis] = flipped[a] ? from.size().along(axis) - 1 : 0;
    }
    this.from = from;
    this.to = new Geometry(permuted(from.size()), from.affine().regridded(axes, sign, first));
  }

  private Size permuted(Size size) {
    return new Size(size.along(axes[0]), size.along(axes[1]), size.along(axes[2]));
  }

  /** The target's view of an array of the source's order; {@code size} is the source's. */
  private StridedView view(Size size) {
    int[] unit = {1, size.x(), size.x() * size.y()};
    int[] step = new int[3];
    int offset = 0;
    for (int a = 0; a < 3; a++) {
      step[a] = flipped[a] ? -unit[axes[a]] : unit[axes[a]];
      offset += flipped[a] ? (size.along(axes[a]) - 1) * unit[axes[a]] : 0;
    }
    return new StridedView(offset, step[0], step[1], step[2]);
  }

  /** A box of the source in the target's voxels. */
  private Box apply(Box box) {
    int[] low = new int[3];
    int[] high = new int[3];
    for (int a = 0; a < 3; a++) {
      int axis = axes[a];
      int length = from.size().along(axis);
      low[a] = flipped[a] ? length - box.end(axis) : box.start(axis);
      high[a] = flipped[a] ? length - box.start(axis) : box.end(axis);
    }
    return new Box(low[0], low[1], low[2], high[0], high[1], high[2]);
  }

  /** A box of the target in the source's voxels. */
  private Box undo(Box box) {
    int[] low = new int[3];
    int[] high = new int[3];
    for (int a = 0; a < 3; a++) {
      int length = to.size().along(a);
      low[axes[a]] = flipped[a] ? length - box.end(a) : box.start(a);
      high[axes[a]] = flipped[a] ? length - box.start(a) : box.end(a);
    }
    return new Box(low[0], low[1], low[2], high[0], high[1], high[2]);
  }

  /** From any grid to the orientation that the stages see. */
  public static Reorientation toCanonical(Geometry from) {
    return new Reorientation(from, Orientation.CANONICAL);
  }

  /** The grid before the change. */
  public Geometry source() {
    return from;
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
    return isIdentity() ? volume : volume.viewed(to, view(from.size()));
  }

  /**
   * The mask in the new order; the same object where nothing has to move.
   *
   * @throws IllegalArgumentException if the mask is not on the grid this was made for
   */
  public Mask apply(Mask mask) {
    requireGrid(mask.geometry(), from);
    if (isIdentity()) {
      return mask;
    }
    Box frame = apply(mask.frame());
    StridedView view = view(mask.frame().size());
    return Mask.of(to, frame, (byte[]) view.copy(mask.framed(), frame.size()));
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
    Box frame = undo(mask.frame());
    byte[] voxels = new byte[mask.framed().length];
    view(frame.size()).paste(mask.framed(), mask.frame().size(), voxels);
    return Mask.of(from, frame, voxels);
  }

  /**
   * The scores, brought back from the new order to the old one; the same object where nothing has
   * to move.
   *
   * @throws IllegalArgumentException if the scores are not on the grid that this leads to
   */
  public Scores undo(Scores scores) {
    requireGrid(scores.geometry(), to);
    if (isIdentity()) {
      return scores;
    }
    float[][] moved = new float[scores.channels()][from.size().count()];
    for (int c = 0; c < moved.length; c++) {
      view(from.size()).paste(scores.arrays()[c], to.size(), moved[c]);
    }
    return Scores.of(from, moved);
  }

  private static void requireGrid(Geometry actual, Geometry expected) {
    if (!actual.matches(expected)) {
      throw new IllegalArgumentException(
          "Expected the grid %s %s, but got %s %s."
              .formatted(expected.size(), expected.affine(), actual.size(), actual.affine()));
    }
  }
}
