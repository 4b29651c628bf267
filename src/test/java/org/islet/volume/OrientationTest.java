package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

  @Test
  void is_read_from_the_signs_of_an_affine_along_the_axes() {
    assertEquals("RAS", orientation(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
    assertEquals("LPS", orientation(-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0));
    assertEquals("PIR", orientation(0, 0, 1, 0, -1, 0, 0, 0, 0, -1, 0, 0));
  }

  @Test
  void a_small_tilt_does_not_change_it() {
    assertEquals("LAS", orientation(-0.9, 0.3, 0, 0, 0.3, 0.9, -0.2, 0, 0, 0.2, 1, 0));
  }

  @Test
  void spacing_does_not_outweigh_direction() {
    assertEquals("RAS", orientation(3, 0.3, 0, 0, 4, 0.954, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void two_axes_nearest_to_the_same_direction_get_one_each() {
    assertEquals("RAS", orientation(1, 0.8, 0, 0, 0.1, 0.6, 0, 0, 0, 0, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RA", "RASS", "RLS", "RAX", "ras", "RRR"})
  void refuses_what_is_no_orientation(String code) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Orientation(code));
    assertTrue(refusal.getMessage().startsWith("'" + code + "'"), refusal.getMessage());
  }

  private static String orientation(double... affine) {
    return Orientation.nearest(Affine.of(affine)).code();
  }
}
