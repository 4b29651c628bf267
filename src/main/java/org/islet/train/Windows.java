package org.islet.train;

import java.util.Collection;
import org.islet.volume.Size;

/**
 * What a batch holds.
 *
 * @param count how many windows, all of one size
 * @param largest the largest that they may be, in voxels
 */
record Windows(int count, Size largest) {

  /**
   * The size of windows on cases: along each axis as long as the longest case or as the largest
   * window, whichever is shorter, made up to a multiple.
   *
   * @param divisor what each axis is made up to a multiple of
   */
  Size on(Collection<Size> cases, int divisor) {
    return new Size(length(0, cases), length(1, cases), length(2, cases)).madeUpTo(divisor);
  }

  private int length(int axis, Collection<Size> cases) {
    int longest = cases.stream().mapToInt(size -> size.along(axis)).max().orElseThrow();
    return Math.min(largest.along(axis), longest);
  }

  /**
   * Voxels of a batch, at most.
   *
   * @param divisor what each axis is made up to a multiple of
   */
  long voxels(int divisor) {
    return (long) count * largest.madeUpTo(divisor).count();
  }
}
