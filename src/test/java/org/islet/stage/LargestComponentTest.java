package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class LargestComponentTest {

  private static final Geometry GRID = Masks.grid(8, 4, 4);

  private static Mask largestOf(Mask voted) {
    Case c = new Case("1", Masks.indices(GRID));
    c.put(Stages.mask("voted"), voted);
    Stages.bind("largest-component?input=voted").run(c);
    return c.get(Stages.mask("mask"));
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
  void an_empty_mask_stays_empty() {
    assertTrue(largestOf(Mask.empty(GRID)).isEmpty());
  }
}
