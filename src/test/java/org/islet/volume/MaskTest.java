package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MaskTest {

  private static final Size ONE = new Size(1, 1, 1);

  @Test
  void the_complement_has_the_voxels_that_the_mask_lacks() {
    Mask mask =
        Mask.of(
            Geometry.of(new Size(3, 1, 2), 1, 1, 1), new Box(1, 0, 1, 3, 1, 2), new byte[] {1, 0});
    assertArrayEquals(new byte[] {1, 1, 1, 1, 0, 1}, mask.complement().toBytes());
  }

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
  void dice_is_twice_the_common_voxels_over_the_sum_of_both() {
    Geometry grid = Masks.grid(10, 10, 10);
    Mask a = Masks.filled(grid, new Box(0, 0, 0, 4, 4, 4)); // 64 voxels
    Mask b = Masks.filled(grid, new Box(2, 2, 2, 6, 6, 5)); // 48 voxels, 2 × 2 × 2 of them in a
    assertEquals(2.0 * 8 / (64 + 48), a.dice(b), 1e-12);
    assertEquals(0, a.dice(Masks.filled(grid, new Box(6, 6, 6, 9, 9, 9))));
    assertEquals(0, a.dice(Mask.empty(grid)));
    assertEquals(1, a.dice(a));
    assertEquals(1, Mask.empty(grid).dice(Mask.empty(grid)));
    Mask elsewhere = Mask.empty(Geometry.of(new Size(10, 10, 10), 1, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> a.dice(elsewhere));
  }

  @Property(tries = 300)
  void without_others_it_holds_the_voxels_that_none_of_them_does(@ForAll long seed) {
    Random random = new Random(seed);
    Geometry grid = Masks.grid(4, 5, 6);
    List<Mask> masks = new ArrayList<>();
    for (int m = 0; m < 1 + random.nextInt(4); m++) {
      Box frame = RandomMasks.anyBox(grid.size(), random);
      masks.add(Masks.random(grid.cropped(frame), 0.6, random).pastedInto(grid, frame));
    }
    List<Mask> others = masks.subList(1, masks.size());
    byte[] expected = masks.get(0).toBytes();
    for (Mask other : others) {
      byte[] taken = other.toBytes();
      for (int i = 0; i < taken.length; i++) {
        expected[i] = taken[i] == 1 ? 0 : expected[i];
      }
    }
    assertArrayEquals(expected, masks.get(0).without(others).toBytes());
  }

  @Test
  void masks_on_another_grid_cannot_be_taken_away() {
    Mask mask = Mask.empty(Masks.grid(3, 3, 3));
    List<Mask> other = List.of(Mask.empty(Masks.grid(3, 3, 4)));
    var refusal = assertThrows(IllegalArgumentException.class, () -> mask.without(other));
    assertEquals(
        "Masks of 3×3×3 and 3×3×4 are not on one grid: their sizes or affines differ.",
        refusal.getMessage());
  }

  @Property(tries = 300)
  void its_bytes_are_its_voxels_whatever_its_frame(
      @ForAll(supplier = RandomMasks.class) Mask mask) {
    Size size = mask.size();
    byte[] bytes = mask.toBytes();
    int count = 0;
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          count += bytes[size.index(i, j, k)];
          assertEquals(mask.contains(i, j, k) ? 1 : 0, bytes[size.index(i, j, k)]);
        }
      }
    }
    assertEquals(count, mask.count());
    assertArrayEquals(bytes, Mask.of(mask.geometry(), bytes).toBytes());
  }

  @Property(tries = 300)
  void trimmed_it_has_the_same_voxels_in_the_smallest_frame(
      @ForAll(supplier = RandomMasks.class) Mask mask) {
    assertArrayEquals(mask.toBytes(), mask.trimmed().toBytes());
    Box smallest = Box.around(Mask.of(mask.geometry(), mask.toBytes())).orElse(Box.of(ONE));
    assertEquals(smallest, mask.trimmed().frame());
  }

  @Property(tries = 300)
  void any_crop_holds_what_the_mask_holds_there(
      @ForAll(supplier = RandomMasks.class) Mask mask, @ForAll int seed) {
    Box box = RandomMasks.anyBox(mask.size(), new Random(seed));
    Mask cut = mask.cropped(box);
    Size size = cut.size();
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          assertEquals(
              mask.contains(box.x0() + i, box.y0() + j, box.z0() + k), cut.contains(i, j, k));
        }
      }
    }
  }

  @Test
  void a_slice_replaces_what_an_array_held_before() {
    Mask mask = Masks.of(Masks.grid(2, 2, 3), new int[] {1, 0, 1}).trimmed();
    byte[] array = {9, 9, 9, 9, 9, 9};
    mask.copySlice(1, array, 1);
    assertArrayEquals(new byte[] {9, 0, 1, 0, 0, 9}, array);
    mask.copySlice(2, array, 1);
    assertArrayEquals(new byte[] {9, 0, 0, 0, 0, 9}, array);
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
              assertArrayEquals(mask.toBytes(), back.toBytes());
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
    var refusal = assertThrows(IllegalArgumentException.class, () -> Mask.of(grid, new byte[7]));
    assertTrue(refusal.getMessage().contains("8 voxels, not 7"), refusal.getMessage());
  }
}
