package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GeometryTest {

  private static final Affine OBLIQUE =
      Affine.of(0.6, -1.6, 0, 10, 0.8, 1.2, 0, 20, 0, 0, 3, 30); // 1, 2 and 3 mm, turned about z

  @Test
  void spacing_and_voxel_volume_do_not_depend_on_direction() {
    Geometry grid = new Geometry(new Size(4, 5, 6), OBLIQUE);
    assertEquals(1, grid.spacing(0), 1e-12);
    assertEquals(2, grid.spacing(1), 1e-12);
    assertEquals(3, grid.spacing(2), 1e-12);
    assertEquals(6, grid.voxelVolume(), 1e-12);
  }

  @Test
  void a_gantry_tilt_leaves_the_voxel_volume_as_it_is() {
    Affine tilted = Affine.of(1, 0, 0, 0, 0, 1, 0.5, 0, 0, 0, 2, 0);
    assertEquals(2, new Geometry(new Size(4, 5, 6), tilted).voxelVolume(), 1e-12);
  }

  @Test
  void a_mirrored_grid_has_a_positive_voxel_volume() {
    assertEquals(6, Geometry.of(new Size(4, 5, 6), -1, 2, 3).voxelVolume(), 1e-12);
  }

  @Test
  void a_cropped_voxel_keeps_its_place_in_the_patient() {
    Geometry cropped = new Geometry(new Size(9, 9, 9), OBLIQUE).cropped(new Box(1, 2, 3, 5, 6, 8));
    assertEquals(new Size(4, 4, 5), cropped.size());
    assertArrayEquals(OBLIQUE.apply(3, 3, 3), cropped.affine().apply(2, 1, 0), 1e-12);
  }

  @Test
  void a_decimated_voxel_lies_in_the_middle_of_its_block() {
    Geometry small = new Geometry(new Size(9, 8, 3), OBLIQUE).downsampled(4);
    assertEquals(new Size(3, 2, 1), small.size());
    assertArrayEquals(OBLIQUE.apply(1.5, 1.5, 1.5), small.affine().apply(0, 0, 0), 1e-12);
    assertArrayEquals(OBLIQUE.apply(9.5, 5.5, 1.5), small.affine().apply(2, 1, 0), 1e-12);
    assertEquals(8, small.spacing(1), 1e-12);
  }

  @Test
  void a_resized_grid_covers_the_same_field_of_view() {
    Geometry grid = new Geometry(new Size(9, 8, 3), OBLIQUE);
    Geometry resized = grid.resized(new Size(4, 16, 3));
    assertEquals(new Size(4, 16, 3), resized.size());
    for (int corner = 0; corner < 8; corner++) {
      int x = corner & 1;
      int y = corner >> 1 & 1;
      int z = corner >> 2;
      assertArrayEquals(
          OBLIQUE.apply(9 * x - 0.5, 8 * y - 0.5, 3 * z - 0.5),
          resized.affine().apply(4 * x - 0.5, 16 * y - 0.5, 3 * z - 0.5),
          1e-12);
    }
    assertEquals(grid, grid.resized(grid.size()));
  }

  @Test
  void at_a_spacing_it_has_as_many_voxels_as_fit_rounded_and_at_least_one() {
    Geometry grid = new Geometry(new Size(10, 10, 10), OBLIQUE); // 10, 20 and 30 mm
    assertEquals(new Size(10, 10, 10), grid.sizeAt(new Spacing(1, 2, 3)));
    assertEquals(new Size(3, 8, 1), grid.sizeAt(new Spacing(3, 2.6, 100)));
    assertEquals(new Size(4, 7, 20), grid.sizeAt(new Spacing(2.8, 2.7, 1.5)));
    assertEquals(new Size(3, 3, 3), grid.sizeAt(new Spacing(4, 8, 12))); // 2.5 of each
  }

  @Test
  void refuses_a_spacing_at_which_it_has_more_voxels_than_can_be_addressed() {
    Geometry grid = Geometry.of(new Size(100, 100, 100), 1, 1, 1);
    assertEquals(new Size(1000, 1000, 1000), grid.sizeAt(new Spacing(0.1, 0.1, 0.1)));
    Spacing fine = new Spacing(0.05, 0.05, 0.05);
    var refusal = assertThrows(IllegalArgumentException.class, () -> grid.sizeAt(fine));
    assertEquals(
        "At a spacing of 0.05×0.05×0.05 mm this field of view has 2000×2000×2000 voxels, more than"
            + " Islet can address (2147483639); choose a larger spacing.",
        refusal.getMessage());
  }

  @Test
  void matches_within_a_micrometre_and_of_the_same_size_only() {
    Geometry grid = Geometry.of(new Size(4, 5, 6), 1, 1, 1);
    Size size = grid.size();
    assertTrue(grid.matches(new Geometry(size, Affine.scaling(1, 1, 1, 0, 0, 0.0009))));
    assertFalse(grid.matches(new Geometry(size, Affine.scaling(1, 1, 1, 0, 0, 0.0011))));
    assertFalse(grid.matches(Geometry.of(new Size(4, 5, 7), 1, 1, 1)));
  }

  @Test
  void a_grid_along_given_axes_has_those_axes() {
    for (Orientation axes : Orientation.all()) {
      Geometry grid = Geometry.of(new Size(4, 3, 2), axes);
      assertEquals(axes, grid.orientation());
      assertEquals(new Size(4, 3, 2), grid.size());
      assertEquals(1, grid.voxelVolume(), 1e-12);
    }
  }
}
