package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class CloseTest {

  private static final Geometry GRID = Geometry.of(new Size(20, 20, 5), 1, 1, 4);

  @Test
  void closes_a_gap_of_which_neither_side_is_further_than_the_radius_in_mm() {
    byte[] halves = Masks.filled(GRID, new Box(2, 2, 1, 18, 18, 4)).toBytes();
    for (int i = 0; i < 20 * 20; i++) {
      halves[2 * 20 * 20 + i] = 0;
    }
    Case c = new Case("1", Masks.indices(GRID));
    c.put(Stages.mask("halves"), Mask.of(GRID, halves));
    Stages.bind("close?input=halves&output=open&radius=3.9").run(c);
    Stages.bind("close?input=halves&output=closed&radius=4").run(c);
    assertArrayEquals(halves, c.get(Stages.mask("open")).toBytes());
    Mask closed = c.get(Stages.mask("closed"));
    assertEquals(GRID, closed.geometry());
    assertTrue(closed.contains(10, 10, 2));
  }
}
