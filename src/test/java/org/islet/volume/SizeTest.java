package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SizeTest {

  @Test
  void counts_and_indexes_with_x_fastest() {
    Size size = new Size(4, 3, 2);
    assertEquals(24, size.count());
    assertEquals(1, size.index(1, 0, 0));
    assertEquals(4, size.index(0, 1, 0));
    assertEquals(12, size.index(0, 0, 1));
    assertEquals(23, size.index(3, 2, 1));
  }

  @Test
  void gives_the_length_along_each_axis() {
    Size size = new Size(4, 3, 2);
    assertEquals(4, size.along(0));
    assertEquals(3, size.along(1));
    assertEquals(2, size.along(2));
    assertThrows(IndexOutOfBoundsException.class, () -> size.along(3));
  }

  @Test
  void division_counts_a_shorter_last_block_whole() {
    assertEquals(new Size(3, 2, 1), new Size(9, 8, 1).dividedBy(4));
    assertEquals(new Size(9, 8, 1), new Size(9, 8, 1).dividedBy(1));
  }

  @Test
  void made_up_to_a_divisor_each_axis_is_the_next_multiple() {
    assertEquals(new Size(12, 8, 4), new Size(9, 8, 1).madeUpTo(4));
    assertEquals(new Size(9, 8, 1), new Size(9, 8, 1).madeUpTo(1));
  }

  @Test
  void refuses_an_axis_without_voxels() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Size(4, 0, 2));
    assertTrue(refusal.getMessage().contains("4×0×2"), refusal.getMessage());
  }

  @Test
  void refuses_more_voxels_than_an_array_holds() {
    assertEquals(2_147_483_639, new Size(2_147_483_639, 1, 1).count());
    assertThrows(IllegalArgumentException.class, () -> new Size(2_147_483_640, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Size(65_536, 65_536, 1));
    assertThrows(IllegalArgumentException.class, () -> new Size(2048, 2048, 1024));
  }
}
