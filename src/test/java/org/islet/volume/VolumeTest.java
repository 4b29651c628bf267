package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void refuses_another_number_of_voxels_than_its_grid_has() {
    Geometry grid = Masks.grid(2, 2, 2);
    var refusal = assertThrows(IllegalArgumentException.class, () -> Volume.of(grid, new short[9]));
    assertTrue(refusal.getMessage().contains("8 voxels, not 9"), refusal.getMessage());
  }
}
