package org.islet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.islet.volume.Box;
import org.islet.volume.Size;

/**
 * How a volume is cut so that each piece fits into memory and all pieces together answer what the
 * whole would: neighbours overlap by the network's receptive radius, and every piece begins on a
 * multiple of the network's divisor, so that pooling joins the same voxels as in the whole.
 */
final class Tiles {

  private final Size size;
  private final Size block;
  private final int[] overlap = new int[3];

  /**
   * @param size of the volume, along each axis a multiple of the block's
   * @param block the voxels on whose multiples tiles begin
   * @param receptiveRadius along each axis, in voxels
   */
  Tiles(Size size, Size block, int[] receptiveRadius) {
    this.size = size;
    this.block = block;
    for (int axis = 0; axis < 3; axis++) {
      int unit = block.along(axis);
      overlap[axis] = (receptiveRadius[axis] + unit - 1) / unit * unit;
    }
  }

  /**
   * The tiles of at most so many voxels each that together read the fewest voxels.
   *
   * @throws IllegalArgumentException if not even the smallest tile is that small
   */
  List<Tile> ofAtMost(long voxels) {
    Cut[] best = null;
    long fewest = Long.MAX_VALUE;
    List<Cut> alongY = cuts(1);
    List<Cut> alongZ = cuts(2);
    for (Cut x : cuts(0)) {
      for (Cut y : alongY) {
        for (Cut z : alongZ) {
          long read = x.total * y.total * z.total;
          if (x.largest * y.largest * z.largest <= voxels && read < fewest) {
            best = new Cut[] {x, y, z};
            fewest = read;
          }
        }
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "Not even a tile of %d voxels fits: %d are allowed."
              .formatted(smallest(0) * smallest(1) * smallest(2), voxels));
    }
    return tiles(best);
  }

  /**
   * A way of cutting one axis.
   *
   * @param keep the voxels along the axis that a tile keeps, but for the last, which may keep fewer
   * @param largest the most that a tile reads
   * @param total what all tiles read
   */
  private record Cut(int keep, long largest, long total) {}

  /** The ways of cutting an axis into as equal tiles as the divisor allows, the fewest first. */
  private List<Cut> cuts(int axis) {
    int unit = block.along(axis);
    int blocks = size.along(axis) / unit;
    return IntStream.rangeClosed(1, blocks)
        .map(n -> (blocks + n - 1) / n * unit)
        .distinct()
        .mapToObj(keep -> cut(axis, keep))
        .toList();
  }

  private Cut cut(int axis, int keep) {
    int length = size.along(axis);
    long largest = 0;
    long total = 0;
    for (int at = 0; at < length; at += keep) {
      int read = Math.min(length, at + keep + overlap[axis]) - Math.max(0, at - overlap[axis]);
      largest = Math.max(largest, read);
      total += read;
    }
    return new Cut(keep, largest, total);
  }

  private long smallest(int axis) {
    return cut(axis, block.along(axis)).largest;
  }

  private List<Tile> tiles(Cut[] cuts) {
    Box whole = Box.of(size);
    List<Tile> tiles = new ArrayList<>();
    for (int z = 0; z < size.z(); z += cuts[2].keep) {
      for (int y = 0; y < size.y(); y += cuts[1].keep) {
        for (int x = 0; x < size.x(); x += cuts[0].keep) {
          Box kept =
              new Box(x, y, z, x + cuts[0].keep, y + cuts[1].keep, z + cuts[2].keep)
                  .intersection(whole)
                  .orElseThrow();
          tiles.add(new Tile(read(kept), kept));
        }
      }
    }
    return tiles;
  }

  private Box read(Box kept) {
    return new Box(
            kept.x0() - overlap[0],
            kept.y0() - overlap[1],
            kept.z0() - overlap[2],
            kept.x1() + overlap[0],
            kept.y1() + overlap[1],
            kept.z1() + overlap[2])
        .clippedTo(size)
        .orElseThrow();
  }
}
