package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class LargestComponentTest {

  /** Of 1 ml a voxel. */
  private static final Geometry GRID = Geometry.of(new Size(8, 4, 4), 10, 10, 10);

  private static Case run(Mask voted) {
    Case c = new Case("1", Masks.indices(GRID));
    c.put(Stages.mask("voted"), voted);
    Stages.bind("largest-component?input=voted").run(c);
    return c;
  }

  private static Mask largestOf(Mask voted) {
    return run(voted).get(Stages.mask("mask"));
  }

  /** A piece of 18 voxels, and one of some voxels that does not touch it. */
  private static Mask twoPieces(int voxels) {
    byte[] both = Masks.filled(GRID, new Box(0, 0, 0, 3, 3, 2)).toBytes();
    for (int i = 0; i < voxels; i++) {
      both[GRID.size().index(5 + i, 0, 0)] = 1;
    }
    return Mask.of(GRID, both);
  }

  @Test
  void removes_all_pieces_but_the_largest() {
    Mask large = Masks.filled(GRID, new Box(0, 0, 0, 2, 2, 2));
    byte[] both = large.toBytes();
    both[GRID.size().index(5, 3, 3)] = 1;
    both[GRID.size().index(6, 3, 3)] = 1;
    assertArrayEquals(large.toBytes(), largestOf(Mask.of(GRID, both)).toBytes());
  }

  @Test
  void more_than_a_tenth_in_other_pieces_is_warned_of() {
    assertEquals(List.of(), run(twoPieces(2)).warnings());
    assertEquals(
        List.of(
            "Of 'voted', 3.0 ml in smaller pieces were left out beside the 18.0 ml that 'mask'"
                + " holds. Look whether the organ came in pieces."),
        run(twoPieces(3)).warnings());
  }

  @Test
  void an_empty_mask_stays_empty() {
    assertTrue(largestOf(Mask.empty(GRID)).isEmpty());
    assertEquals(List.of(), run(Mask.empty(GRID)).warnings());
  }
}
