package org.islet.train;

/**
 * The shape of a 3D U-Net.
 *
 * @param levels resolutions, the first being the input's; each next one halves all three axes
 * @param baseChannels channels at the first level; each next level has twice as many
 * @param normalisation what follows each convolution but the last
 * @param classes output channels: 1 gives a sigmoid, more a softmax whose class 0 is background
 */
public record Architecture(int levels, int baseChannels, Normalisation normalisation, int classes) {

  /** What follows each convolution, before its ReLU. */
  public enum Normalisation {
    /** Nothing. */
    NONE,
    /** Batch normalisation (Ioffe and Szegedy 2015), folded into the convolutions on export. */
    BATCH
  }

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Architecture {
    require("levels", levels, 2, 6);
    require("base channels", baseChannels, 1, 128);
    require("classes", classes, 1, 64);
  }

  /** The same shape with no normalisation. */
  Architecture withoutNormalisation() {
    return new Architecture(levels, baseChannels, Normalisation.NONE, classes);
  }

  /** Channels at a level, the first being 0. */
  int channels(int level) {
    return baseChannels << level;
  }

  /** What each axis of an input has to be a multiple of: {@code 2^(levels − 1)}. */
  public int divisor() {
    return 1 << (levels - 1);
  }

  /**
   * How many voxels away from a voxel the input can change its output. Along an axis each level has
   * two convolutions (radius 1) on the way down and, but for the last, two on the way up; pooling
   * and the transposed convolution join pairs of voxels.
   */
  public int receptiveRadius() {
    int radius = 0;
    for (int level = 0; level < levels; level++) {
      int voxel = 1 << level;
      boolean last = level == levels - 1;
      radius += (last ? 2 : 4) * voxel + (last ? 0 : voxel);
    }
    return radius;
  }

  private static void require(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "A U-Net's %s must be %d to %d, not %d.".formatted(what, min, max, value));
    }
  }
}
