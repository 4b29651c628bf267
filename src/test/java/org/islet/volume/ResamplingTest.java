package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplingTest {

  @Test
  void a_small_voxel_is_the_mean_of_its_block_also_of_a_shorter_last_one() {
    short[] hu = {
      0, 2, 10, //
      4, 6, 20, //
      -1, -3, 7, // the second block along y has one row
      100, 102, 30, // second slice
      104, 106, 40, //
      -5, -7, 9
    };
    Volume small = Resampling.downsample(Volume.of(Masks.grid(3, 3, 2), hu), 2);
    assertEquals(new Size(2, 2, 1), small.size());
    assertArrayEquals(new float[] {53, 25, -4, 8}, small.toFloats());
  }

  @Test
  void floats_and_whole_numbers_have_the_same_means() {
    Volume whole = Masks.indices(Masks.grid(7, 5, 9));
    Volume floats = Volume.of(whole.geometry(), whole.toFloats());
    assertArrayEquals(
        Resampling.downsample(whole, 4).toFloats(), Resampling.downsample(floats, 4).toFloats());
  }

  @Test
  void a_volume_shorter_than_the_factor_becomes_one_voxel() {
    Volume small = Resampling.downsample(Volume.of(Masks.grid(3, 1, 1), new float[] {1, 2, 6}), 4);
    assertEquals(new Size(1, 1, 1), small.size());
    assertEquals(3, small.at(0));
  }

  @Test
  void a_block_is_inside_where_half_of_its_voxels_are() {
    Mask half = Masks.of(Masks.grid(4, 2, 1), new int[] {0, 0, 0}, new int[] {1, 1, 0});
    assertArrayEquals(new byte[] {1, 0}, Resampling.downsample(half, 2).toBytes());
    Mask less = Masks.of(Masks.grid(4, 2, 1), new int[] {0, 0, 0});
    assertTrue(Resampling.downsample(less, 2).isEmpty());
  }

  @Property(tries = 300)
  void a_mask_made_finer_has_the_grid_asked_for_and_decimates_to_itself(
      @ForAll(supplier = RandomMasks.class) Mask fine, @ForAll @IntRange(min = 1, max = 8) int r) {
    Geometry grid = fine.geometry();
    Mask small = Resampling.downsample(fine, r);
    Mask back = Resampling.upsample(small, r, grid);
    assertEquals(grid, back.geometry());
    Mask again = Resampling.downsample(back, r);
    assertArrayEquals(small.toBytes(), again.toBytes());
    assertEquals(small.geometry(), again.geometry());
  }

  @Property(tries = 300)
  void each_fine_voxel_has_the_value_of_its_block(
      @ForAll(supplier = RandomMasks.class) Mask small, @ForAll @IntRange(min = 1, max = 4) int r) {
    Size s = small.size();
    Geometry grid = Masks.grid(s.x() * r, s.y() * r - (r - 1), s.z() * r - r / 2);
    Mask fine = Resampling.upsample(small, r, grid);
    for (int k = 0; k < grid.size().z(); k++) {
      for (int j = 0; j < grid.size().y(); j++) {
        for (int i = 0; i < grid.size().x(); i++) {
          assertEquals(small.contains(i / r, j / r, k / r), fine.contains(i, j, k));
        }
      }
    }
  }

  @Test
  void refuses_to_make_a_mask_finer_onto_a_grid_it_does_not_come_from() {
    Mask small = Mask.empty(Masks.grid(2, 2, 2));
    Geometry grid = Masks.grid(8, 8, 9);
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Resampling.upsample(small, 4, grid));
    assertTrue(refusal.getMessage().contains("2×2×3"), refusal.getMessage());
  }
}
