package org.islet.volume;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The connected components of a mask. Runs of voxels along x are joined by union-find (He, Chao and
 * Suzuki 2008), so memory grows with the mask's surface and not with the grid.
 */
public final class ConnectedComponents {

  /** Which voxels are neighbours. */
  public enum Neighbours {
    /** Those that share a face: 6 of them. */
    FACES(0),
    /** Those that share a face, an edge or a corner: 26 of them. */
    CORNERS(1);

    /** By how many voxels two rows that touch may miss each other along an axis. */
    private final int gap;

    Neighbours(int gap) {
      this.gap = gap;
    }
  }

  private final Mask mask;
  private final Size size;
  private final int gap;
  private final Runs runs = new Runs();
  private int[] parent;
  private long[] voxelsOfRoot;

  /** The components of voxels that share a face, an edge or a corner (26-connectivity). */
  public ConnectedComponents(Mask mask) {
    this(mask, Neighbours.CORNERS);
  }

  /** The components of voxels that are neighbours. */
  public ConnectedComponents(Mask mask, Neighbours neighbours) {
    this.mask = mask;
    this.gap = neighbours.gap;
    this.size = mask.frame().size();
    int[] firstRunOfRow = findRuns();
    join(firstRunOfRow);
    countVoxels();
  }

  /** The number of components. */
  public int count() {
    int roots = 0;
    for (int run = 0; run < runs.count; run++) {
      roots += parent[run] == run ? 1 : 0;
    }
    return roots;
  }

  /**
   * The component with most voxels, of equals the one that comes first in the grid; an empty mask
   * for an empty mask.
   */
  public Mask largest() {
    int best = -1;
    for (int run = 0; run < runs.count; run++) {
      if (parent[run] == run && (best < 0 || voxelsOfRoot[run] > voxelsOfRoot[best])) {
        best = run;
      }
    }
    int largest = best;
    return those(root -> root == largest);
  }

  /** The components that are not smaller than a volume in ml. */
  public Mask ofAtLeast(double millilitres) {
    double voxels = 1000 * millilitres / mask.geometry().voxelVolume();
    double rounding = 1e-9 * voxels;
    return those(root -> voxelsOfRoot[root] >= voxels - rounding);
  }

  /** The components that hold no voxel of the outermost layer of the mask's frame. */
  public Mask insideFrame() {
    boolean[] reachesOut = new boolean[runs.count];
    for (int run = 0; run < runs.count; run++) {
      int row = runs.from[run] / size.x();
      int j = row % size.y();
      int k = row / size.y();
      reachesOut[root(run)] |=
          runs.from[run] == row * size.x()
              || runs.to[run] == (row + 1) * size.x()
              || j == 0
              || j == size.y() - 1
              || k == 0
              || k == size.z() - 1;
    }
    return those(root -> !reachesOut[root]);
  }

  /**
   * The components that share no voxel with another mask.
   *
   * @throws IllegalArgumentException if the masks are not on one grid
   */
  public Mask disjointFrom(Mask other) {
    mask.requireGridOf(other);
    byte[] taken = other.cropped(mask.frame()).toBytes();
    boolean[] shares = new boolean[runs.count];
    for (int run = 0; run < runs.count; run++) {
      for (int i = runs.from[run]; i < runs.to[run]; i++) {
        shares[root(run)] |= taken[i] != 0;
      }
    }
    return those(root -> !shares[root]);
  }

  /** The components of some roots. */
  private Mask those(IntPredicate wanted) {
    byte[] inside = new byte[size.count()];
    for (int run = 0; run < runs.count; run++) {
      if (wanted.test(root(run))) {
        Arrays.fill(inside, runs.from[run], runs.to[run], (byte) 1);
      }
    }
    return Mask.of(mask.geometry(), mask.frame(), inside);
  }

  private int[] findRuns() {
    byte[] voxels = mask.framed();
    int rows = size.y() * size.z();
    int[] firstRunOfRow = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      firstRunOfRow[row] = runs.count;
      int end = (row + 1) * size.x();
      for (int i = row * size.x(); i < end; i++) {
        if (voxels[i] != 0) {
          int from = i;
          while (i < end && voxels[i] != 0) {
            i++;
          }
          runs.add(from, i);
        }
      }
    }
    firstRunOfRow[rows] = runs.count;
    return firstRunOfRow;
  }

  private void join(int[] firstRunOfRow) {
    parent = new int[runs.count];
    Arrays.setAll(parent, run -> run);
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        int row = j + size.y() * k;
        if (j > 0) {
          joinRows(firstRunOfRow, row, row - 1);
        }
        for (int before = Math.max(0, j - gap);
            k > 0 && before <= Math.min(size.y() - 1, j + gap);
            before++) {
          joinRows(firstRunOfRow, row, before + size.y() * (k - 1));
        }
      }
    }
  }

  private void joinRows(int[] firstRunOfRow, int rowA, int rowB) {
    int width = size.x();
    int a = firstRunOfRow[rowA];
    int b = firstRunOfRow[rowB];
    while (a < firstRunOfRow[rowA + 1] && b < firstRunOfRow[rowB + 1]) {
      int endA = runs.to[a] - rowA * width;
      int endB = runs.to[b] - rowB * width;
      if (runs.from[a] - rowA * width < endB + gap && runs.from[b] - rowB * width < endA + gap) {
        union(a, b);
      }
      if (endA < endB) {
        a++;
      } else {
        b++;
      }
    }
  }

  private void union(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int root(int run) {
    int r = run;
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }

  private void countVoxels() {
    voxelsOfRoot = new long[runs.count];
    for (int run = 0; run < runs.count; run++) {
      voxelsOfRoot[root(run)] += runs.to[run] - runs.from[run];
    }
  }

  /** Growing lists of half-open runs of flat indices. */
  private static final class Runs {
    private int[] from = new int[1024];
    private int[] to = new int[1024];
    private int count;

    void add(int first, int end) {
      if (count == from.length) {
        from = Arrays.copyOf(from, 2 * count);
        to = Arrays.copyOf(to, 2 * count);
      }
      from[count] = first;
      to[count++] = end;
    }
  }
}
