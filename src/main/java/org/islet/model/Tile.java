package org.islet.model;

import java.util.Arrays;
import org.islet.volume.Box;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * A piece of a volume that a network is run on. Both boxes may reach beyond the volume's far sides,
 * where there is padding.
 *
 * @param read the voxels that go into the network
 * @param keep those whose answer is kept
 */
record Tile(Box read, Box keep) {

  /** A volume in one piece. */
  static Tile whole(Size size) {
    return new Tile(Box.of(size), Box.of(size));
  }

  /** The values that go into the network, x fastest, with padding beyond the volume's far sides. */
  float[] values(Volume input, float padding) {
    Size size = input.size();
    float[] values = new float[read.size().count()];
    Arrays.fill(values, padding);
    int width = Math.min(read.x1(), size.x()) - read.x0();
    for (int k = read.z0(); k < Math.min(read.z1(), size.z()); k++) {
      for (int j = read.y0(); j < Math.min(read.y1(), size.y()); j++) {
        int to = read.size().index(0, j - read.y0(), k - read.z0());
        input.copy(size.index(read.x0(), j, k), width, values, to);
      }
    }
    return values;
  }

  /** What is done with a row of voxels whose answer is kept. */
  interface Row {
    /**
     * @param inSlice the place of the row's first voxel in the slice that was read
     * @param inVolume its flat index in the volume
     * @param count the row's voxels
     */
    void visit(int inSlice, int inVolume, int count);
  }

  /**
   * Visits the rows of a slice that are kept and lie inside the volume.
   *
   * @param k the slice's number in the box that was read
   * @param size the volume's
   */
  void keptRows(int k, Size size, Row row) {
    int z = read.z0() + k;
    if (z < keep.z0() || z >= Math.min(keep.z1(), size.z())) {
      return;
    }
    int width = Math.min(keep.x1(), size.x()) - keep.x0();
    for (int j = keep.y0(); j < Math.min(keep.y1(), size.y()); j++) {
      int inSlice = read.size().index(keep.x0() - read.x0(), j - read.y0(), 0);
      row.visit(inSlice, size.index(keep.x0(), j, z), width);
    }
  }
}
