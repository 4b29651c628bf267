package org.islet.stage;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * The grid that a slot's voxels will lie on, as far as it is known before a case runs: where it
 * comes from, and about how large it is. Of a box, it is the grid whose voxels the box counts.
 *
 * @param origin a slot's name or what was done to it; empty where the grid is not known
 * @param factor by how much it is downsampled
 * @param geometry about how large it is; nothing where that is not known
 * @param box of a box, how large it is reckoned in voxels of this grid; nothing for all of the grid
 * @param channels of scores, how many classes they have; nothing where that is not known
 */
public record Grid(
    String origin,
    int factor,
    Optional<Geometry> geometry,
    Optional<Size> box,
    OptionalInt channels) {

  /** A grid of which nothing is known. */
  public static final Grid UNKNOWN = new Grid("", 1, Optional.empty());

  /**
   * What a box around a pancreas with its margin is reckoned to be, in mm along R, A and S: along
   * each axis, nine in ten of 61 real pancreases with 1 cm on either side fit.
   */
  private static final double[] ORGAN_MM = {185, 120, 125};

  private Grid(String origin, int factor, Optional<Geometry> geometry) {
    this(origin, factor, geometry, Optional.empty(), OptionalInt.empty());
  }

  /** The grid of a CT of any size. */
  public static final Grid OF_CT = new Grid(Case.CT.name(), 1, Optional.empty());

  /** The grid of a CT. */
  public static Grid ofCt(Geometry geometry) {
    return new Grid(Case.CT.name(), 1, Optional.of(geometry));
  }

  /**
   * A grid that is made from this one.
   *
   * @param how what is done, such as "at a spacing of 1 mm"
   * @param made what becomes of this grid's geometry
   */
  public Grid made(String how, UnaryOperator<Geometry> made) {
    return isKnown() ? new Grid(this + " " + how, 1, geometry.map(made)) : UNKNOWN;
  }

  /**
   * The grid of blocks of {@code by}³ voxels.
   *
   * @throws IllegalArgumentException if that is downsampled by more than an {@code int} holds
   */
  public Grid downsampled(int by) {
    if ((long) factor * by > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s cannot be downsampled by %d once more.".formatted(this, by));
    }
    return isKnown()
        ? new Grid(origin, factor * by, geometry.map(g -> g.downsampled(by)))
        : UNKNOWN;
  }

  /** This grid, as that of a box around an organ. */
  public Grid aroundOrgan() {
    return new Grid(origin, factor, geometry, geometry.map(Grid::organ), OptionalInt.empty());
  }

  private static Size organ(Geometry grid) {
    int[] n = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      int voxels = (int) Math.ceil(ORGAN_MM[axis] / grid.spacing(axis));
      n[axis] = Math.max(1, Math.min(grid.size().along(axis), voxels));
    }
    return new Size(n[0], n[1], n[2]);
  }

  /** This grid, as that of scores of so many classes; 0 where nobody knows how many. */
  public Grid withChannels(int count) {
    OptionalInt known = count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
    return new Grid(origin, factor, geometry, box, known);
  }

  /**
   * Refuses a class that the scores on this grid do not have.
   *
   * @param label the first being 0
   * @throws IllegalArgumentException whose message names those they have
   */
  void requireClass(int label) {
    if (channels.isPresent() && label >= channels.getAsInt()) {
      throw new IllegalArgumentException(
          "there is no class %d: the scores have %d, the first being 0."
              .formatted(label, channels.getAsInt()));
    }
  }

  /** The grid of the voxels inside a box that counts this grid's voxels. */
  public Grid inside(Slot<Box> slot) {
    return made("inside " + slot.name(), g -> g.cropped(Box.of(box.orElse(g.size()))));
  }

  /** Whether both are the same grid, as far as is known. */
  public boolean matches(Grid other) {
    return !isKnown()
        || !other.isKnown()
        || (origin.equals(other.origin) && factor == other.factor);
  }

  /** Whether anything is known. */
  public boolean isKnown() {
    return !origin.isEmpty();
  }

  /** By what tells nearly all grids apart: the hash of a geometry takes far longer. */
  @Override
  public int hashCode() {
    return 31 * origin.hashCode() + factor;
  }

  @Override
  public String toString() {
    return factor == 1 ? origin : origin + " downsampled by " + factor;
  }
}
