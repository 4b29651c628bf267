package org.islet.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a 3D U-Net.
 *
 * @param levels resolutions, the first being the input's; each next one halves all three axes
 * @param baseChannels channels at the first level; each next level has twice as many
 * @param block what a level's two convolutions are
 * @param attention whether skip connections pass through attention gates
 * @param deepSupervision whether the decoder learns at every resolution but the deepest
 * @param normalisation what follows each convolution but the last
 * @param classes output channels: 1 gives a sigmoid, more a softmax whose class 0 is background
 */
public record Architecture(
    int levels,
    int baseChannels,
    Block block,
    boolean attention,
    boolean deepSupervision,
    Normalisation normalisation,
    int classes) {

  /** What a level does to its features. */
  public enum Block {
    /** Two convolutions, one after the other (Çiçek et al. 2016). */
    PLAIN,
    /** Two convolutions whose result is added to what came in (He et al. 2016). */
    RESIDUAL
  }

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

  /** A U-Net in its plain form. */
  public static Architecture plain(
      int levels, int baseChannels, Normalisation normalisation, int classes) {
    return new Architecture(
        levels, baseChannels, Block.PLAIN, false, false, normalisation, classes);
  }

  /** What it is in words, for a model's card. */
  String description() {
    List<String> parts = new ArrayList<>();
    parts.add("3D U-Net");
    parts.add(levels + " levels");
    parts.add(baseChannels + " base channels");
    if (block == Block.RESIDUAL) {
      parts.add("residual blocks");
    }
    if (attention) {
      parts.add("attention gates");
    }
    if (deepSupervision) {
      parts.add("deep supervision");
    }
    if (normalisation == Normalisation.BATCH) {
      parts.add("batch normalisation folded");
    }
    return String.join(", ", parts);
  }

  /** The same shape with no normalisation. */
  Architecture withoutNormalisation() {
    return new Architecture(
        levels, baseChannels, block, attention, deepSupervision, Normalisation.NONE, classes);
  }

  /** Channels at a level, the first being 0. */
  int channels(int level) {
    return baseChannels << level;
  }

  /** The weights of the plain form's convolutions; shortcuts and gates add little. */
  long weights() {
    long sum = 0;
    for (int level = 0; level < levels; level++) {
      long c = channels(level);
      long from = level == 0 ? 1 : channels(level - 1);
      sum += 27 * (from * c + c * c);
      if (level < levels - 1) {
        sum += 8 * 2 * c * c + 27 * (2 * c * c + c * c);
      }
    }
    return sum;
  }

  /**
   * Additions and multiplications of all convolutions for each voxel that goes in. A level has an
   * eighth of the voxels of the one above.
   */
  long flopPerVoxel() {
    double products = (double) baseChannels * classes;
    for (int level = 0; level < levels; level++) {
      products += productsPerVoxel(level) / Math.pow(8, level);
    }
    return Math.round(2 * products);
  }

  /** The multiplications of a level's convolutions for each of its voxels. */
  private long productsPerVoxel(int level) {
    long c = channels(level);
    long products = blockProducts(level == 0 ? 1 : c / 2, c);
    if (level < levels - 1) {
      // Each voxel that the transposed convolution answers comes from one voxel below.
      products += 2 * c * c + blockProducts(2 * c, c);
      if (attention) {
        long inner = Math.max(1, c / 2);
        products += 2 * c * inner + inner;
      }
    }
    return products;
  }

  private long blockProducts(long from, long to) {
    return 27 * (from * to + to * to) + (block == Block.RESIDUAL ? from * to : 0);
  }

  /** What each axis of an input has to be a multiple of: {@code 2^(levels − 1)}. */
  public int divisor() {
    return 1 << (levels - 1);
  }

  /**
   * How many voxels away from a voxel the input can change its output. Along an axis each level has
   * two convolutions (radius 1) on the way down and, but for the last, two on the way up; pooling
   * and the transposed convolution join pairs of voxels. Shortcuts and gates reach no farther.
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
