package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VolumeTest {

  @Test
  void is_stored_with_x_fastest() {
    Volume volume = Masks.indices(Masks.grid(4, 3, 2));
    assertEquals(1, volume.at(1, 0, 0));
    assertEquals(4, volume.at(0, 1, 0));
    assertEquals(12, volume.at(0, 0, 1));
    assertEquals(12, volume.at(12));
  }

  @Test
  void whole_numbers_become_the_same_floats() {
    Volume volume = Volume.of(Masks.grid(2, 1, 2), new short[] {-32768, -1, 0, 32767});
    assertArrayEquals(new float[] {-32768, -1, 0, 32767}, volume.toFloats());
  }

  @Test
  void its_range_is_from_the_least_to_the_largest_value_as_they_are_read() {
    short[] hu = {40, 3071, 0, -1024, 7, 90, 90, 12};
    Volume volume = Volume.of(Masks.grid(2, 2, 2), hu);
    assertEquals(-1024, volume.range().getMin());
    assertEquals(3071, volume.range().getMax());
    assertEquals(0, volume.clippedToUnit(-100, 4000).range().getMin());
    assertEquals(3171f / 4100, volume.clippedToUnit(-100, 4000).range().getMax(), 1e-6);
    Volume negative = Volume.of(Masks.grid(2, 1, 1), new float[] {-2.5f, -0.5f});
    assertEquals(-2.5, negative.range().getMin());
    assertEquals(-0.5, negative.range().getMax());
  }

  @Test
  void a_crop_holds_the_voxels_of_the_box_and_their_place() {
    Geometry grid = Geometry.of(new Size(4, 3, 2), 0.5, 2, 3);
    Volume cut = Masks.indices(grid).cropped(new Box(1, 1, 0, 3, 3, 2));
    assertEquals(new Size(2, 2, 2), cut.size());
    assertArrayEquals(new float[] {5, 6, 9, 10, 17, 18, 21, 22}, cut.toFloats());
    assertArrayEquals(new double[] {0.5, 2, 0}, cut.geometry().affine().apply(0, 0, 0));
  }

  @Test
  void refuses_to_be_cropped_beyond_its_grid() {
    Volume volume = Masks.indices(Masks.grid(4, 3, 2));
    Box beyond = new Box(0, 0, 0, 4, 4, 2);
    var refusal = assertThrows(IllegalArgumentException.class, () -> volume.cropped(beyond));
    assertTrue(refusal.getMessage().contains("4×3×2"), refusal.getMessage());
  }

  @Test
  void clips_to_a_window_and_maps_it_to_0_to_1() {
    Geometry grid = Masks.grid(5, 1, 1);
    float[] expected = {0, 0, 0.5f, 1, 1};
    short[] hu = {-1024, -100, 70, 240, 3071};
    float[] floats = {-1024, -100, 70, 240, 3071};
    assertArrayEquals(expected, Volume.of(grid, hu).clippedToUnit(-100, 240).toFloats(), 1e-6f);
    assertArrayEquals(expected, Volume.of(grid, floats).clippedToUnit(-100, 240).toFloats(), 1e-6f);
  }

  @Test
  void clipped_it_is_no_longer_16_bit_integers_and_the_original_stays_as_it_was() {
    Volume hu = Volume.of(Masks.grid(3, 1, 1), new short[] {-100, 70, 240});
    Volume clipped = hu.clippedToUnit(-100, 240);
    assertTrue(clipped.shorts().isEmpty());
    assertArrayEquals(new short[] {-100, 70, 240}, hu.shorts().orElseThrow());
    assertArrayEquals(new float[] {-100, 70, 240}, hu.toFloats());
  }

  @Test
  void clipped_again_it_is_clipped_within_the_first_window() {
    Volume hu = Volume.of(Masks.grid(5, 1, 1), new short[] {-100, 0, 100, 200, 300});
    Volume twice = hu.clippedToUnit(0, 200).clippedToUnit(0.25, 1);
    assertArrayEquals(new float[] {0, 0, 1f / 3, 1, 1}, twice.toFloats(), 1e-6f);
  }

  @Property(tries = 200)
  void a_clipped_volume_reads_alike_whichever_way_it_is_read(@ForAll int seed) {
    Geometry grid = Masks.grid(5, 4, 3);
    Random random = new Random(seed);
    short[] hu = new short[grid.size().count()];
    float[] expected = new float[hu.length];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (random.nextInt(600) - 200);
      expected[i] = Math.max(0, Math.min(1, (hu[i] + 100) / 340f));
    }
    Volume clipped = Volume.of(grid, hu).clippedToUnit(-100, 240);
    Box box = RandomMasks.anyBox(grid.size(), random);
    Volume cut = clipped.cropped(box);
    float[] row = new float[7];
    clipped.copy(20, 5, row, 1);
    assertArrayEquals(expected, clipped.toFloats(), 1e-6f);
    assertArrayEquals(Arrays.copyOfRange(expected, 20, 25), Arrays.copyOfRange(row, 1, 6), 1e-6f);
    assertEquals(expected[20], clipped.at(20), 1e-6f);
    int last = grid.size().index(box.x1() - 1, box.y1() - 1, box.z1() - 1);
    assertEquals(expected[last], cut.at(cut.size().count() - 1), 1e-6f);
    assertEquals(
        cut.toFloats()[0], expected[grid.size().index(box.x0(), box.y0(), box.z0())], 1e-6f);
  }

  @Test
  void the_voxels_within_limits_are_those_at_them_and_between_them() {
    Geometry grid = Masks.grid(3, 1, 2);
    Volume hu = Volume.of(grid, new short[] {-101, -100, 0, 240, 241, 3000});
    assertArrayEquals(new byte[] {0, 1, 1, 1, 0, 0}, hu.within(-100, 240).toBytes());
    assertEquals(new Box(0, 0, 0, 3, 1, 2), hu.within(-100, 240).frame());
    assertArrayEquals(
        new byte[] {0, 0, 0, 1, 1, 1}, hu.clippedToUnit(-200, 200).within(0.9, 1.5).toBytes());
    assertEquals(new Box(1, 0, 0, 2, 1, 1), hu.within(-100, -1).frame());
  }

  @Test
  void no_limits_hold_a_value_that_is_no_number() {
    Volume volume = Volume.of(Masks.grid(2, 1, 1), new float[] {Float.NaN, 1});
    assertArrayEquals(new byte[] {0, 1}, volume.within(-1e9, 1e9).toBytes());
  }

  @Test
  void refuses_another_number_of_voxels_than_its_grid_has() {
    Geometry grid = Masks.grid(2, 2, 2);
    var refusal = assertThrows(IllegalArgumentException.class, () -> Volume.of(grid, new short[9]));
    assertTrue(refusal.getMessage().contains("8 voxels, not 9"), refusal.getMessage());
  }
}
