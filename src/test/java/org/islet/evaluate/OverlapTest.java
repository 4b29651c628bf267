package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.RandomMasks;
import org.junit.jupiter.api.Test;

class OverlapTest {

  private static final Geometry GRID = Masks.grid(10, 10, 10);
  private static final Box A = new Box(0, 0, 0, 4, 4, 4); // 64 voxels
  private static final Box B = new Box(2, 2, 2, 6, 6, 5); // 48 voxels, 2 × 2 × 2 of them in A

  @Test
  void dsc_is_twice_the_common_voxels_over_the_sum_of_both() {
    assertEquals(
        2.0 * 8 / (64 + 48), Overlap.dsc(Masks.filled(GRID, A), Masks.filled(GRID, B)), 1e-12);
  }

  @Test
  void recall_is_the_share_of_the_references_box() {
    assertEquals(8.0 / 48, Overlap.recall(Optional.of(A), Optional.of(B)), 1e-12);
    assertEquals(8.0 / 64, Overlap.recall(Optional.of(B), Optional.of(A)), 1e-12);
    assertEquals(1, Overlap.recall(Optional.of(A.grown(1)), Optional.of(A)));
  }

  @Test
  void iou_is_the_common_voxels_over_those_of_either_box() {
    assertEquals(8.0 / 104, Overlap.iou(Optional.of(A), Optional.of(B)), 1e-12);
    assertEquals(1, Overlap.iou(Optional.of(A), Optional.of(A)));
  }

  @Test
  void what_lies_apart_has_nothing_in_common() {
    Box far = new Box(6, 6, 6, 9, 9, 9);
    assertEquals(0, Overlap.dsc(Masks.filled(GRID, A), Masks.filled(GRID, far)));
    assertEquals(0, Overlap.recall(Optional.of(A), Optional.of(far)));
    assertEquals(0, Overlap.iou(Optional.of(A), Optional.of(far)));
  }

  @Test
  void nothing_on_both_sides_agrees() {
    assertEquals(1, Overlap.dsc(Mask.empty(GRID), Mask.empty(GRID)));
    assertEquals(1, Overlap.recall(Optional.empty(), Optional.empty()));
    assertEquals(1, Overlap.iou(Optional.empty(), Optional.empty()));
  }

  @Test
  void nothing_on_one_side_is_0() {
    Mask some = Masks.filled(GRID, A);
    assertEquals(0, Overlap.dsc(some, Mask.empty(GRID)));
    assertEquals(0, Overlap.dsc(Mask.empty(GRID), some));
    assertEquals(0, Overlap.recall(Optional.of(A), Optional.empty()));
    assertEquals(0, Overlap.recall(Optional.empty(), Optional.of(A)));
    assertEquals(0, Overlap.iou(Optional.of(A), Optional.empty()));
    assertEquals(0, Overlap.iou(Optional.empty(), Optional.of(A)));
  }

  @Property(tries = 200)
  void a_mask_agrees_wholly_with_itself(@ForAll(supplier = RandomMasks.class) Mask mask) {
    assertEquals(1, Overlap.dsc(mask, mask));
  }
}
