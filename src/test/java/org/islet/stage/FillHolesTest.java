package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class FillHolesTest {

  @Test
  void fills_what_is_shut_off_in_three_dimensions_and_nothing_else() {
    Geometry grid = Masks.grid(9, 5, 5);
    byte[] full = Masks.filled(grid, new Box(1, 1, 1, 8, 4, 4)).toBytes();
    byte[] hollow = full.clone();
    hollow[grid.size().index(2, 2, 2)] = 0;
    byte[] tunnel = full.clone();
    for (int k = 0; k < 5; k++) {
      hollow[grid.size().index(6, 2, k)] = 0; // shut off in each slice, but open at its ends
      tunnel[grid.size().index(6, 2, k)] = 0;
    }
    Case c = new Case("1", Masks.indices(grid));
    c.put(Stages.mask("hollow"), Mask.of(grid, hollow));
    Stages.bind("fill-holes?input=hollow&output=filled").run(c);
    assertArrayEquals(tunnel, c.get(Stages.mask("filled")).toBytes());
  }
}
