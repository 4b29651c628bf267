package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MaskTest {

  @Test
  void counts_its_voxels_and_their_volume_in_ml() {
    Geometry grid = Geometry.of(new Size(20, 20, 20), 0.5, 2, 3);
    Mask mask = Masks.filled(grid, new Box(1, 2, 3, 11, 12, 13));
    assertEquals(1000, mask.count());
    assertEquals(3, mask.millilitres(), 1e-12);
    assertFalse(mask.isEmpty());
    assertTrue(Mask.empty(grid).isEmpty());
  }

  @Test
  void touches_the_border_with_an_outermost_voxel() {
    Geometry grid = Masks.grid(5, 5, 5);
    assertFalse(Masks.filled(grid, new Box(1, 1, 1, 4, 4, 4)).touchesBorder());
    assertTrue(Masks.of(grid, new int[] {2, 2, 4}).touchesBorder());
    assertFalse(Mask.empty(grid).touchesBorder());
  }

  @Property(tries = 300)
  void cut_out_by_its_own_box_and_put_back_it_is_the_same(
      @ForAll(supplier = RandomMasks.class) Mask mask) {
    Box.around(mask)
        .ifPresent(
            box -> {
              Mask cut = mask.cropped(box);
              assertEquals(mask.count(), cut.count());
              Mask back = cut.pastedInto(mask.geometry(), box);
              assertArrayEquals(mask.voxels(), back.voxels());
            });
  }

  @Test
  void a_crop_holds_the_voxels_of_the_box_and_their_place() {
    Mask mask = Masks.of(Masks.grid(4, 4, 4), new int[] {2, 1, 3}, new int[] {0, 0, 0});
    Mask cut = mask.cropped(new Box(1, 1, 2, 4, 3, 4));
    assertTrue(cut.contains(1, 0, 1));
    assertEquals(1, cut.count());
    assertArrayEquals(new double[] {1, 1, 2}, cut.geometry().affine().apply(0, 0, 0));
  }

  @Test
  void refuses_a_box_that_reaches_beyond_the_grid_or_is_of_another_size() {
    Mask mask = Mask.empty(Masks.grid(3, 3, 3));
    Box beyond = new Box(1, 1, 1, 4, 2, 2);
    assertThrows(IllegalArgumentException.class, () -> mask.cropped(beyond));
    Geometry grid = Masks.grid(9, 9, 9);
    assertThrows(IllegalArgumentException.class, () -> mask.pastedInto(grid, beyond));
    Box tooFar = new Box(7, 0, 0, 10, 3, 3);
    assertThrows(IllegalArgumentException.class, () -> mask.pastedInto(grid, tooFar));
  }

  @Test
  void refuses_another_number_of_voxels_than_its_grid_has() {
    Geometry grid = Masks.grid(2, 2, 2);
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Mask(grid, new byte[7]));
    assertTrue(refusal.getMessage().contains("8 voxels, not 7"), refusal.getMessage());
  }
}
