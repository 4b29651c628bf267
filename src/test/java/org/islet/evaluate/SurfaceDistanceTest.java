package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.RandomMasks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class SurfaceDistanceTest {

  private static final Geometry GRID = Geometry.of(new Size(20, 20, 20), 0.7, 1, 2.5);

  @Test
  void two_voxels_are_as_far_apart_as_their_centres() {
    Mask a = Masks.of(GRID, new int[] {3, 3, 3});
    assertEquals(
        Math.sqrt(1.4 * 1.4 + 9 + 25),
        SurfaceDistance.hd95(a, Masks.of(GRID, new int[] {5, 6, 5})),
        1e-6);
  }

  @Test
  void pools_both_directions_and_interpolates_between_ranks() {
    // From the row to the voxel: 0, 1, …, 9; from the voxel to the row: 0. Of these 11 sorted
    // distances 0, 0, 1, …, 9 rank 9.5 is midway between 8 and 9.
    Geometry grid = Masks.grid(10, 3, 3);
    Mask row = Masks.filled(grid, new Box(0, 1, 1, 10, 2, 2));
    Mask voxel = Masks.of(grid, new int[] {0, 1, 1});
    assertEquals(8.5, SurfaceDistance.hd95(row, voxel), 1e-6);
    assertEquals(8.5, SurfaceDistance.hd95(voxel, row), 1e-6);
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
    assertEquals(2, SurfaceDistance.hd95(hollow, cube), 1e-6);
  }

  @Test
  void voxels_at_the_grids_border_are_surface() {
    Geometry grid = Masks.grid(7, 1, 1);
    Mask whole = Masks.filled(grid, Box.of(grid.size()));
    Mask middle = Masks.of(grid, new int[] {3, 0, 0});
    // 3, 2, 1, 0, 1, 2, 3 and back 0: rank 0.95 × 7 = 6.65 lies between 3 and 3
    assertEquals(3, SurfaceDistance.hd95(whole, middle), 1e-6);
  }

  @Test
  void two_empty_masks_agree_and_one_empty_mask_gives_no_value() {
    Mask some = Masks.of(GRID, new int[] {3, 3, 3});
    assertEquals(0, SurfaceDistance.hd95(Mask.empty(GRID), Mask.empty(GRID)));
    assertEquals(Double.NaN, SurfaceDistance.hd95(some, Mask.empty(GRID)));
    assertEquals(Double.NaN, SurfaceDistance.hd95(Mask.empty(GRID), some));
  }

  @Property(tries = 200)
  void a_mask_is_0_mm_from_itself(@ForAll(supplier = RandomMasks.class) Mask mask) {
    assertEquals(0, SurfaceDistance.hd95(mask, mask));
  }
}
