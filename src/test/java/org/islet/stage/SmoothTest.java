package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class SmoothTest {

  @Test
  void removes_a_spike_and_fills_a_notch_and_keeps_the_sides() {
    Geometry grid = Masks.grid(16, 9, 9);
    Mask half = Masks.filled(grid, new Box(0, 0, 0, 8, 9, 9));
    byte[] rough = half.toBytes();
    rough[grid.size().index(8, 2, 2)] = 1;
    rough[grid.size().index(7, 6, 6)] = 0;
    Case c = new Case("1", Masks.indices(grid));
    c.put(Stages.mask("rough"), Mask.of(grid, rough));
    Stages.bind("smooth?input=rough&output=smooth&sigma=1.5").run(c);
    assertEquals(grid, c.get(Stages.mask("smooth")).geometry());
    assertArrayEquals(half.toBytes(), c.get(Stages.mask("smooth")).toBytes());
  }
}
