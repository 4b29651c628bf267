package org.islet.volume;

import java.util.List;
import org.islet.volume.ConnectedComponents.Neighbours;

/**
 * Mathematical morphology with a ball (Serra 1982, Image Analysis and Mathematical Morphology). The
 * ball holds the voxels whose centres are at most a radius in mm from its own, whatever the
 * spacing; the grid's axes are taken as perpendicular.
 */
public final class Morphology {

  /** A square of a distance that is that of a radius but for rounding. */
  private static final double ROUNDING = 1e-6;

  private Morphology() {}

  /** The voxels of the grid that are at most so far from one of the mask's. */
  public static Mask dilated(Mask mask, double radiusMm) {
    float[] squared = DistanceTransform.squared(mask);
    double limit = radiusMm * radiusMm * (1 + ROUNDING);
    byte[] inside = new byte[squared.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = (byte) (squared[i] <= limit ? 1 : 0);
    }
    return Mask.of(mask.geometry(), inside);
  }

  /**
   * The voxels of the mask that are further than that from each voxel of the grid outside the mask.
   * What lies beyond the grid does not count as outside.
   */
  public static Mask eroded(Mask mask, double radiusMm) {
    return dilated(mask.complement(), radiusMm).complement();
  }

  /**
   * The mask with all gaps closed that no ball fits into: dilated, then eroded. The mask is taken
   * to lie in an empty space without end, so nothing changes where the grid ends. Takes time and
   * memory in proportion to the box around the mask, grown by the radius.
   */
  public static Mask closed(Mask mask, double radiusMm) {
    return Box.around(mask).map(box -> closed(mask, box, radiusMm)).orElse(mask);
  }

  private static Mask closed(Mask mask, Box box, double radiusMm) {
    Geometry grid = mask.geometry();
    int[] reach = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      reach[axis] = (int) (radiusMm * (1 + ROUNDING) / grid.spacing(axis));
    }
    // No closing reaches beyond the box around a mask, and no ball around its voxels beyond this:
    Box space = box.grown(reach[0], reach[1], reach[2]);
    Box place = box.moved(-space.x0(), -space.y0(), -space.z0());
    Mask alone = mask.cropped(box).pastedInto(grid.cropped(space), place);
    return eroded(dilated(alone, radiusMm), radiusMm).cropped(place).pastedInto(grid, box);
  }

  /**
   * The mask with its holes filled: what is outside the mask and has no path over faces of voxels
   * (6-connectivity) out of the grid. Takes time and memory in proportion to the box around the
   * mask.
   */
  public static Mask filled(Mask mask) {
    return Box.around(mask).map(box -> filled(mask, box)).orElse(mask);
  }

  private static Mask filled(Mask mask, Box box) {
    Mask outside = mask.cropped(box).complement();
    Mask holes = new ConnectedComponents(outside, Neighbours.FACES).insideFrame();
    return Mask.inMoreThan(0, List.of(mask, holes.pastedInto(mask.geometry(), box)));
  }
}
