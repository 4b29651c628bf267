package org.islet.model;

import java.util.ArrayList;
import java.util.List;
import org.islet.volume.Box;
import org.islet.volume.Size;

/**
 * How a volume is cut so that each piece fits into memory and all pieces together answer what the
 * whole would: neighbours overlap by the network's receptive radius, and every piece begins on a
 * multiple of the network's divisor, so that pooling joins the same voxels as in the whole.
 */
final class Tiles {

  /**
   * A piece.
   *
   * @param read the voxels that go into the network
   * @param keep those whose answer is kept
   */
  record Tile(Box read, Box keep) {}

  private final Size size;
  private final int divisor;
  private final int overlap;

  /**
   * @param size of the volume, each axis a multiple of the divisor
   * @param receptiveRadius in voxels
   */
  Tiles(Size size, int divisor, int receptiveRadius) {
    this.size = size;
    this.divisor = divisor;
    this.overlap = (receptiveRadius + divisor - 1) / divisor * divisor;
  }

  /**
   * The fewest tiles of at most so many voxels each.
   *
   * @throws IllegalArgumentException if not even the smallest tile is that small
   */
  List<Tile> ofAtMost(long voxels) {
    int[] keep = {size.x(), size.y(), size.z()};
    while (largest(keep) > voxels) {
      int axis = axisToCut(keep);
      if (axis < 0) {
        throw new IllegalArgumentException(
            "Not even a tile of %d voxels fits: %d are allowed.".formatted(largest(keep), voxels));
      }
      keep[axis] = roundUp((keep[axis] + 1) / 2);
    }
    return cut(keep);
  }

  private int axisToCut(int[] keep) {
    int best = -1;
    for (int axis = 0; axis < 3; axis++) {
      boolean shrinks = read(keep[axis], axis) > read(roundUp((keep[axis] + 1) / 2), axis);
      if (shrinks && (best < 0 || keep[axis] > keep[best])) {
        best = axis;
      }
    }
    return best;
  }

  private long largest(int[] keep) {
    return (long) read(keep[0], 0) * read(keep[1], 1) * read(keep[2], 2);
  }

  /** The most voxels along an axis that a tile reads to keep so many. */
  private int read(int keep, int axis) {
    int length = size.along(axis);
    return keep >= length ? length : Math.min(length, keep + 2 * overlap);
  }

  private int roundUp(int n) {
    return (n + divisor - 1) / divisor * divisor;
  }

  private List<Tile> cut(int[] keep) {
    List<Tile> tiles = new ArrayList<>();
    for (int z = 0; z < size.z(); z += keep[2]) {
      for (int y = 0; y < size.y(); y += keep[1]) {
        for (int x = 0; x < size.x(); x += keep[0]) {
          Box whole = Box.of(size);
          Box kept =
              new Box(x, y, z, x + keep[0], y + keep[1], z + keep[2])
                  .intersection(whole)
                  .orElseThrow();
          tiles.add(new Tile(kept.grown(overlap).intersection(whole).orElseThrow(), kept));
        }
      }
    }
    return tiles;
  }
}
