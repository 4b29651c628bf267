package org.islet.volume;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the patient's body on a CT and leaves out the table, clothes and tubes. On a grid of about
 * 3 mm, what is thinner than about 1 cm goes (an erosion), as the shells of tables, clothes and
 * tubes do; the largest connected piece of what is left is the inside of the body. Whatever tissue
 * lies within 7 mm of that belongs to the body. So of a table on which the patient lies directly,
 * up to about 3 mm stay; arms that do not touch the trunk are left out.
 */
public final class Body {

  /** The spacing of the grid on which the body is looked for, in mm. */
  private static final double COARSE = 3;

  /** How far the inside of the body lies from all air around it, in mm. */
  private static final double DEPTH = 4;

  private Body() {}

  /**
   * The smallest box around the body.
   *
   * @param ct in HU
   * @param threshold what has at least so many HU is tissue
   * @return nothing if no tissue is thick enough to be a body
   */
  public static Optional<Box> around(Volume ct, double threshold) {
    Volume coarse = Trilinear.resized(ct, coarseSize(ct.geometry()));
    Mask tissue = coarse.within(threshold, Double.POSITIVE_INFINITY);
    Mask inside = new ConnectedComponents(Morphology.eroded(tissue, DEPTH)).largest();
    Mask body = Morphology.dilated(inside, DEPTH + COARSE);
    return IntStream.range(0, ct.size().z())
        .parallel()
        .mapToObj(k -> aroundSlice(ct, k, threshold, body))
        .flatMap(Optional::stream)
        .reduce(Box::enclosing);
  }

  private static Size coarseSize(Geometry grid) {
    return grid.sizeAt(
        new Spacing(
            Math.max(COARSE, grid.spacing(0)),
            Math.max(COARSE, grid.spacing(1)),
            Math.max(COARSE, grid.spacing(2))));
  }

  /** The smallest box around the tissue of a slice in the body. */
  private static Optional<Box> aroundSlice(Volume ct, int k, double threshold, Mask body) {
    Size size = ct.size();
    Size small = body.size();
    float[] row = new float[size.x()];
    Optional<Box> found = Optional.empty();
    for (int j = 0; j < size.y(); j++) {
      ct.copy(size.index(0, j, k), row.length, row, 0);
      int y = coarse(j, size.y(), small.y());
      int z = coarse(k, size.z(), small.z());
      int first = -1;
      int last = -1;
      for (int i = 0; i < row.length; i++) {
        if (row[i] >= threshold && body.contains(coarse(i, size.x(), small.x()), y, z)) {
          first = first < 0 ? i : first;
          last = i;
        }
      }
      if (first >= 0) {
        Box inRow = new Box(first, j, k, last + 1, j + 1, k + 1);
        found = Optional.of(found.map(inRow::enclosing).orElse(inRow));
      }
    }
    return found;
  }

  /** The coarse voxel in which a voxel's centre lies. */
  private static int coarse(int i, int length, int coarseLength) {
    return (int) ((2L * i + 1) * coarseLength / (2L * length));
  }
}
