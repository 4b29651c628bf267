package org.islet.train;

import java.util.SplittableRandom;
import org.islet.phantom.Phantom;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * A series of phantoms to train or to measure on, of as many sizes and spacings as CTs come in: 256
 * to 512 voxels in plane over 320 to 420 mm, slices 1 to 2.5 mm apart over 180 to 250 mm, and one
 * in eight a close-up of the pancreas.
 */
public final class PhantomCases {

  private static final int[] IN_PLANE = {256, 320, 384, 448, 512};

  private final long seed;

  /**
   * @param seed of the series; series of different seeds share no phantom
   */
  public PhantomCases(long seed) {
    this.seed = seed;
  }

  /** The phantom at a place in the series; the same whatever came before. */
  public Phantom at(int index) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
    return Phantom.generate(random.nextLong(), geometry(random));
  }

  private static Geometry geometry(SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      double spacing = between(random, 0.65, 0.85);
      int n = 16 * (14 + random.nextInt(8));
      return Phantom.centred(
          new Size(n, n, 90 + random.nextInt(60)), spacing, spacing, between(random, 1, 1.5));
    }
    int n = IN_PLANE[random.nextInt(IN_PLANE.length)];
    double spacing = between(random, 320, 420) / n;
    double sliceSpacing = between(random, 1, 2.5);
    int slices = (int) (between(random, 180, 250) / sliceSpacing);
    return Phantom.centred(new Size(n, n, slices), spacing, spacing, sliceSpacing);
  }

  private static double between(SplittableRandom random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
