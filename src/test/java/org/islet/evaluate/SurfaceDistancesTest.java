package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.RandomMasks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class SurfaceDistancesTest {

  private static final Geometry GRID = Geometry.of(new Size(20, 20, 20), 0.7, 1, 2.5);

  @Test
  void two_voxels_are_as_far_apart_as_their_centres() {
    Mask a = Masks.of(GRID, new int[] {3, 3, 3});
    assertEquals(
        Math.sqrt(1.4 * 1.4 + 9 + 25),
        SurfaceDistances.between(a, Masks.of(GRID, new int[] {5, 6, 5})).hd95(),
        1e-6);
  }

  @Test
  void pools_both_directions_and_interpolates_between_ranks() {
    // From the row to the voxel: 0, 1, …, 9; from the voxel to the row: 0. Of these 11 sorted
    // distances 0, 0, 1, …, 9 rank 9.5 is midway between 8 and 9.
    Geometry grid = Masks.grid(10, 3, 3);
    Mask row = Masks.filled(grid, new Box(0, 1, 1, 10, 2, 2));
    Mask voxel = Masks.of(grid, new int[] {0, 1, 1});
    assertEquals(8.5, SurfaceDistances.between(row, voxel).hd95(), 1e-6);
    assertEquals(8.5, SurfaceDistances.between(voxel, row).hd95(), 1e-6);
  }

  @Test
  void the_mean_is_over_the_distances_of_both_directions_together() {
    // 0, 1, …, 9 one way and 0 the other: 45 mm over 11 distances. The mean of both directions'
    // means, (4.5 + 0) / 2, would be another measure.
    Geometry grid = Masks.grid(10, 3, 3);
    Mask row = Masks.filled(grid, new Box(0, 1, 1, 10, 2, 2));
    Mask voxel = Masks.of(grid, new int[] {0, 1, 1});
    assertEquals(45.0 / 11, SurfaceDistances.between(row, voxel).mean(), 1e-6);
    assertEquals(45.0 / 11, SurfaceDistances.between(voxel, row).mean(), 1e-6);
  }

  @Test
  void the_wall_of_a_hole_is_surface_too() {
    Geometry grid = Masks.grid(12, 12, 12);
    Mask cube = Masks.filled(grid, new Box(1, 1, 1, 11, 11, 11));
    byte[] voxels = cube.toBytes();
    Box hole = new Box(4, 4, 4, 8, 8, 8);
    byte[] inHole = Masks.filled(grid, hole).toBytes();
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] -= inHole[i];
    }
    Mask hollow = Mask.of(grid, voxels);
    // 2 × (10³ − 8³) = 976 voxels of the outer surfaces lie at 0 mm; the hole's wall of 6 × 16 = 96
    // voxels, 9 % of all, is 2 mm below. A filled cube has no such wall.
    assertEquals(2, SurfaceDistances.between(hollow, cube).hd95(), 1e-6);
  }

  @Test
  void voxels_at_the_grids_border_are_surface() {
    Geometry grid = Masks.grid(7, 1, 1);
    Mask whole = Masks.filled(grid, Box.of(grid.size()));
    Mask middle = Masks.of(grid, new int[] {3, 0, 0});
    // 3, 2, 1, 0, 1, 2, 3 and back 0: rank 0.95 × 7 = 6.65 lies between 3 and 3
    assertEquals(3, SurfaceDistances.between(whole, middle).hd95(), 1e-6);
  }

  @Test
  void two_empty_masks_agree_and_one_empty_mask_gives_no_value() {
    Mask some = Masks.of(GRID, new int[] {3, 3, 3});
    SurfaceDistances none = SurfaceDistances.between(Mask.empty(GRID), Mask.empty(GRID));
    assertEquals(0, none.hd95());
    assertEquals(0, none.mean());
    for (SurfaceDistances one :
        List.of(
            SurfaceDistances.between(some, Mask.empty(GRID)),
            SurfaceDistances.between(Mask.empty(GRID), some))) {
      assertEquals(Double.NaN, one.hd95());
      assertEquals(Double.NaN, one.mean());
    }
  }

  @Property(tries = 200)
  void a_mask_is_0_mm_from_itself(@ForAll(supplier = RandomMasks.class) Mask mask) {
    assertEquals(0, SurfaceDistances.between(mask, mask).hd95());
    assertEquals(0, SurfaceDistances.between(mask, mask).mean());
  }

  @Property(tries = 200)
  void the_order_of_the_masks_does_not_matter(
      @ForAll(supplier = RandomMasks.class) Mask a, @ForAll long seed) {
    Mask b = Masks.random(a.geometry(), 0.4, new Random(seed));
    assertEquals(
        SurfaceDistances.between(a, b).mean(), SurfaceDistances.between(b, a).mean(), 1e-9);
  }
}
