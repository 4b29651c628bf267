package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class IsolatedFalsePositivesTest {

  /** Voxels of 2 mm³. */
  private static final Geometry GRID = Geometry.of(new Size(10, 10, 10), 1, 1, 2);

  private static final Mask TRUTH = Masks.filled(GRID, new Box(4, 4, 4, 7, 7, 7));

  private static IsolatedFalsePositives isolated(int[]... voxels) {
    return IsolatedFalsePositives.of(Masks.of(GRID, voxels), TRUTH);
  }

  @Test
  void parts_that_share_no_voxel_with_the_truth_are_counted_with_their_volume() {
    // One part reaches into the truth by one voxel; two lie apart, one of two voxels joined at a
    // corner and one of a single voxel.
    assertEquals(
        new IsolatedFalsePositives(2, 3 * 0.002),
        isolated(
            new int[] {6, 6, 6},
            new int[] {7, 7, 7},
            new int[] {8, 7, 7},
            new int[] {0, 0, 0},
            new int[] {1, 1, 1},
            new int[] {9, 0, 9}));
  }

  @Test
  void a_part_that_only_lies_beside_the_truth_is_isolated() {
    assertEquals(new IsolatedFalsePositives(1, 0.002), isolated(new int[] {7, 5, 5}));
  }

  @Test
  void where_nothing_was_found_there_are_none_and_without_a_truth_all_parts_are() {
    assertEquals(new IsolatedFalsePositives(0, 0), isolated());
    assertEquals(
        new IsolatedFalsePositives(1, 27 * 0.002),
        IsolatedFalsePositives.of(TRUTH, Mask.empty(GRID)));
  }

  @Test
  void masks_on_different_grids_are_refused() {
    Mask other = Mask.empty(Geometry.of(new Size(10, 10, 10), 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> IsolatedFalsePositives.of(TRUTH, other));
  }
}
