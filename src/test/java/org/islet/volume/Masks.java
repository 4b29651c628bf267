package org.islet.volume;

import java.util.Arrays;
import java.util.Random;

/** Masks and volumes for tests. */
public final class Masks {

  private Masks() {}

  /** A grid of 1 mm voxels. */
  public static Geometry grid(int x, int y, int z) {
    return Geometry.of(new Size(x, y, z), 1, 1, 1);
  }

  /** A mask in which each voxel is inside with the given probability. */
  public static Mask random(Geometry grid, double density, Random random) {
    byte[] voxels = new byte[grid.size().count()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (byte) (random.nextDouble() < density ? 1 : 0);
    }
    return Mask.of(grid, voxels);
  }

  /** The voxels of a box. */
  public static Mask filled(Geometry grid, Box box) {
    byte[] voxels = new byte[box.size().count()];
    Arrays.fill(voxels, (byte) 1);
    return Mask.of(grid.cropped(box), voxels).pastedInto(grid, box);
  }

  /** The voxels at the given (i, j, k). */
  public static Mask of(Geometry grid, int[]... voxels) {
    byte[] inside = new byte[grid.size().count()];
    for (int[] v : voxels) {
      inside[grid.size().index(v[0], v[1], v[2])] = 1;
    }
    return Mask.of(grid, inside);
  }

  /** A volume whose voxel values are their own flat indices. */
  public static Volume indices(Geometry grid) {
    short[] voxels = new short[grid.size().count()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (short) i;
    }
    return Volume.of(grid, voxels);
  }
}
