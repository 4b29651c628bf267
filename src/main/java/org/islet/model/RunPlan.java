package org.islet.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.stage.Precision;
import org.islet.volume.Geometry;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;

/**
 * How a network is run over a volume within the memory allowed, whole or in tiles, and what that
 * costs: told from its card alone, before TensorFlow is loaded.
 *
 * @param id {@code name/version}
 * @param precision in which numbers it computes
 */
record RunPlan(String id, ModelCard card, Precision precision, InferenceMemory memory) {

  /** What a model is taken to need where its card does not say. */
  private static final int DEFAULT_BYTES_PER_VOXEL = 1024;

  /** The native memory of a run on so many voxels. */
  long bytes(long voxels) {
    int perVoxel = card.memory() == null ? DEFAULT_BYTES_PER_VOXEL : card.memory().bytesPerVoxel();
    return voxels * perVoxel;
  }

  /**
   * A size that the network can be run on, as small as may be, of several voxels along each axis
   * that it does not fix, in the layout's axes.
   */
  Size smallest() {
    return fixedSize(1, Math.max(2, card.input().divisor()));
  }

  /**
   * The pieces that a volume is run in.
   *
   * @param size the volume's, its axes being the layout's, x fastest
   * @throws IllegalArgumentException if the network needs another size, or not even tiles fit into
   *     the memory allowed; the message says what to do
   */
  List<Tile> tiles(Size size) {
    requireSize(size);
    Size padded = padded(size);
    if (bytes(padded.count()) <= memory.total()) {
      return List.of(Tile.whole(padded));
    }
    if (!isOfSlices()) {
      requireTiles(padded);
    }
    try {
      return new Tiles(padded, block(), reach(padded)).ofAtMost(memory.total() / bytes(1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The model %s cannot be run on a volume of %s within %d MiB: %s Raise"
                  .formatted(id, padded, memory.total() >> 20, e.getMessage())
              + " islet.inference.memory.",
          e);
    }
  }

  /** The most native memory that a run takes at one time, for the size of a RAS volume. */
  long largestTileBytes(Size ras) {
    return bytes(
        tiles(toLayout(ras)).stream().mapToLong(tile -> tile.read().count()).max().orElseThrow());
  }

  /** The number of tiles, for the size of a RAS volume. */
  int tileCount(Size ras) {
    return tiles(toLayout(ras)).size();
  }

  /** The 10⁹ operations of a run, for the size of a RAS volume, where the card tells. */
  OptionalDouble gigaflops(Size ras) {
    if (card.work() == null) {
      return OptionalDouble.empty();
    }
    long voxels = tiles(toLayout(ras)).stream().mapToLong(tile -> tile.read().count()).sum();
    return OptionalDouble.of(voxels * (card.work().flopPerVoxel() / 1e9));
  }

  private boolean isOfSlices() {
    return card.input().slices().isPresent();
  }

  private Size block() {
    int divisor = card.input().divisor();
    return new Size(divisor, divisor, isOfSlices() ? 1 : divisor);
  }

  private Size padded(Size size) {
    Size whole = size.madeUpTo(card.input().divisor());
    return isOfSlices() ? new Size(whole.x(), whole.y(), size.z()) : whole;
  }

  /** How far from a voxel the input can change its answer, along each axis of the layout. */
  private int[] reach(Size padded) {
    int radius =
        whyUncut().isPresent() ? Math.max(padded.x(), padded.y()) : card.memory().receptiveRadius();
    return new int[] {radius, radius, isOfSlices() ? 0 : radius};
  }

  /** Why a volume, or a slice of it, is never cut; nothing if it may be. */
  private Optional<String> whyUncut() {
    if (card.input().size() != null) {
      return Optional.of("its model.yaml fixes input.size");
    }
    boolean told = card.memory() != null && card.memory().receptiveRadius() != null;
    return told ? Optional.empty() : Optional.of("its model.yaml gives no memory.receptive-radius");
  }

  /**
   * The size that the card fixes, in the layout's axes.
   *
   * @param slices how many, of a network that takes slices
   * @param free what an axis has that the card does not fix
   */
  private Size fixedSize(int slices, int free) {
    List<Integer> fixed = card.input().size();
    if (fixed == null) {
      return new Size(free, free, isOfSlices() ? slices : free);
    }
    int axes = fixed.size();
    return new Size(fixed.get(axes - 1), fixed.get(axes - 2), axes == 2 ? slices : fixed.get(0));
  }

  private void requireSize(Size size) {
    if (card.input().size() == null) {
      return;
    }
    Size fixed = fixedSize(size.z(), 0);
    if (!fixed.equals(size)) {
      throw new IllegalArgumentException(
          ("The model %s takes volumes of %s voxels (x, y, z) and no others, but this one has %s."
                  + " Put resample-to-size before it.")
              .formatted(id, toRas(fixed), toRas(size)));
    }
  }

  private void requireTiles(Size padded) {
    whyUncut()
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  ("The model %s needs %d MiB for a volume of %s, more than the %d MiB allowed, and"
                          + " cannot be run in tiles because %s. Raise islet.inference.memory%s.")
                      .formatted(
                          id,
                          bytes(padded.count()) >> 20,
                          padded,
                          memory.total() >> 20,
                          reason,
                          card.input().size() == null ? " or add it" : ""));
            });
  }

  private Size toLayout(Size ras) {
    return new Reorientation(Geometry.of(ras, Orientation.CANONICAL), card.input().orientation())
        .target()
        .size();
  }

  private Size toRas(Size inLayout) {
    return Reorientation.toCanonical(Geometry.of(inLayout, card.input().orientation()))
        .target()
        .size();
  }
}
