package org.islet.train;

/**
 * How much windows are changed at random before a network learns from them, so that it does not
 * learn by heart. Each amount is a bound; what a window gets is drawn evenly up to it, to either
 * side. One map turns, scales and bends a window about a voxel of it that stays where it is.
 *
 * <p>The defaults are what patients and scanners differ by: people lie a little turned and are of
 * different sizes, organs are bent, and contrast phases and doses change the HU. Left and right are
 * not alike in the abdomen, so a mirrored one is no example of anything.
 *
 * <p>Interpolation makes a window less sharp than the CTs that a network will see, so only a share
 * of the windows is moved, as in nnU-Net (Isensee et al. 2021).
 *
 * @param share of the windows that are turned, scaled and bent, 0 to 1; the others keep their
 *     voxels
 * @param rotation degrees about each axis, 0 to 180, in the patient's space (voxels need not be
 *     cubes)
 * @param scaling the share by which all lengths grow or shrink, 0 to 0.5
 * @param displacement voxels along each axis by which the nodes of a lattice are moved; less than
 *     0.4 times the lattice's spacing, so that nothing is folded over (Choi and Lee 2000). Between
 *     nodes cubic B-splines bend the window smoothly (Rueckert et al. 1999); a voxel moves by about
 *     a fifth of this
 * @param lattice voxels from node to node, at least 4
 * @param gain the share by which values are multiplied more or less, 0 to 1
 * @param shift what is added to values in 0…1, 0 to 1
 * @param noise the most standard deviation of the noise that is added to each value, 0 to 1
 * @param leftRightFlip whether windows are mirrored along x, each with a chance of a half
 */
public record Augmentation(
    double share,
    double rotation,
    double scaling,
    double displacement,
    int lattice,
    double gain,
    double shift,
    double noise,
    boolean leftRightFlip) {

  /** What training changes windows by. */
  public static final Augmentation DEFAULT =
      new Augmentation(0.25, 10, 0.1, 6, 24, 0.1, 0.05, 0.03, false);

  /** Windows as they are. */
  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 24, 0, 0, 0, false);

  /** By Choi and Lee (2000), 1 / 2.48 in three dimensions. */
  private static final double MOST_OF_LATTICE = 0.4;

  /**
   * @throws IllegalArgumentException if an amount is out of range
   */
  public Augmentation {
    require("share", share, 1);
    require("rotation", rotation, 180);
    require("scaling", scaling, 0.5);
    if (lattice < 4) {
      throw new IllegalArgumentException(
          "The augmentation's lattice must be at least 4 voxels wide, not %d.".formatted(lattice));
    }
    require("displacement", displacement, MOST_OF_LATTICE * lattice);
    require("gain", gain, 1);
    require("shift", shift, 1);
    require("noise", noise, 1);
  }

  /** The same amounts, with or without mirroring. */
  public Augmentation withLeftRightFlip(boolean flip) {
    return new Augmentation(
        share, rotation, scaling, displacement, lattice, gain, shift, noise, flip);
  }

  /** The same amounts for a window that keeps its voxels. */
  Augmentation unmoved() {
    return new Augmentation(0, 0, 0, 0, lattice, gain, shift, noise, leftRightFlip);
  }

  private static void require(String what, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "The augmentation's %s must be 0 to %s, not %s.".formatted(what, most, value));
    }
  }
}
