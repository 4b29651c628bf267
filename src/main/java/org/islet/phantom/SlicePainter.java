package org.islet.phantom;

import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * Paints organs onto the voxels of one k, with edges as soft as the voxels and the scanner make
 * them. A voxel belongs to the pancreas where its centre is inside the outline and nothing that was
 * painted later covers it.
 *
 * <p>Work goes in square tiles: one distance from a tile's middle tells most of those that lie
 * wholly outside or deep inside an organ.
 */
final class SlicePainter {

  private static final int TILE = 8;

  /** The scanner's point spread in mm: edges are no sharper than this. */
  private static final double POINT_SPREAD = 1.2;

  private final Size size;
  private final Affine affine;
  private final int k;
  private final double edge;
  private final double reach;
  private final float[] hu;
  private final byte[] pancreas;

  SlicePainter(Geometry geometry, int k) {
    this.size = geometry.size();
    this.affine = geometry.affine();
    this.k = k;
    this.edge = edge(geometry);
    this.reach = TILE / 2.0 * (geometry.spacing(0) + geometry.spacing(1));
    this.hu = new float[size.x() * size.y()];
    this.pancreas = new byte[hu.length];
  }

  /** The width in mm over which one tissue turns into the next. */
  static double edge(Geometry geometry) {
    double inPlane = Math.max(geometry.spacing(0), geometry.spacing(1));
    return Math.max(POINT_SPREAD, Math.max(inPlane, geometry.spacing(2)));
  }

  /**
   * Paints an organ over what is there.
   *
   * @param box holds all voxels that the organ may touch, and lies inside the grid
   */
  void paint(Organ organ, Box box) {
    if (k < box.z0() || k >= box.z1()) {
      return;
    }
    for (int j = box.y0(); j < box.y1(); j += TILE) {
      for (int i = box.x0(); i < box.x1(); i += TILE) {
        paintTile(organ, i, j, Math.min(i + TILE, box.x1()), Math.min(j + TILE, box.y1()));
      }
    }
  }

  private void paintTile(Organ organ, int i0, int j0, int i1, int j1) {
    eachIn(
        new Tile(i0, j0, i1, j1),
        organ.shape(),
        edge / 2,
        Math.max(Tissue.DEEPEST_WALL, edge / 2),
        (at, distance, x, y, z) -> cover(at, organ.tissue(), distance, x, y, z));
    organ
        .outline()
        .ifPresent(
            outline ->
                eachIn(
                    new Tile(i0, j0, i1, j1), outline, 0, 0, (at, d, x, y, z) -> include(at, d)));
  }

  /** Voxels from (i0, j0) to before (i1, j1). */
  private record Tile(int i0, int j0, int i1, int j1) {}

  private interface Brush {
    void touch(int at, double distance, double x, double y, double z);
  }

  /**
   * Touches the voxels of a tile that may lie inside a shape or near it.
   *
   * @param outside how far outside the shape a voxel matters, in mm
   * @param inside how deep inside its distance no longer matters
   */
  private void eachIn(Tile tile, Shape shape, double outside, double inside, Brush brush) {
    double[] middle = affine.apply((tile.i0 + tile.i1 - 1) / 2.0, (tile.j0 + tile.j1 - 1) / 2.0, k);
    double d = shape.distance(middle[0], middle[1], middle[2]);
    if (d > Shape.STEEPEST * (reach + outside)) {
      return;
    }
    boolean deep = d < -Shape.STEEPEST * (reach + inside);
    Shape near = deep ? shape : shape.near(middle[0], middle[1], middle[2], reach);
    for (int j = tile.j0; j < tile.j1; j++) {
      double x0 = along(0, j);
      double y0 = along(1, j);
      double z0 = along(2, j);
      for (int i = tile.i0; i < tile.i1; i++) {
        double x = x0 + affine.at(0, 0) * i;
        double y = y0 + affine.at(1, 0) * i;
        double z = z0 + affine.at(2, 0) * i;
        brush.touch(i + size.x() * j, deep ? d : near.distance(x, y, z), x, y, z);
      }
    }
  }

  private double along(int row, int j) {
    return affine.at(row, 1) * j + affine.at(row, 2) * k + affine.at(row, 3);
  }

  private void include(int at, double distance) {
    if (distance < 0) {
      pancreas[at] = 1;
    }
  }

  private void cover(int at, Tissue tissue, double distance, double x, double y, double z) {
    double share = Math.min(1, 0.5 - distance / edge);
    if (share <= 0) {
      return;
    }
    double own = tissue.hu(-distance, x, y, z);
    hu[at] = (float) (hu[at] + share * (own - hu[at]));
    if (distance < 0) {
      pancreas[at] = 0;
    }
  }

  /** Copies the slice into a whole volume, with noise, limited to what 12 bits hold. */
  void writeTo(short[] volume, byte[] mask, ScannerNoise noise) {
    int slice = hu.length * k;
    for (int j = 0; j < size.y(); j++) {
      for (int i = 0; i < size.x(); i++) {
        int at = i + size.x() * j;
        int value = Math.round(hu[at] + noise.at(i, j, k));
        volume[slice + at] = (short) Math.max(-1024, Math.min(3071, value));
      }
    }
    System.arraycopy(pancreas, 0, mask, slice, hu.length);
  }
}
