package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpacingTest {

  @Test
  void gives_the_distance_along_each_axis() {
    Spacing spacing = new Spacing(0.5, 1, 2.5);
    assertEquals(0.5, spacing.along(0));
    assertEquals(1, spacing.along(1));
    assertEquals(2.5, spacing.along(2));
    assertThrows(IndexOutOfBoundsException.class, () -> spacing.along(3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refuses_a_distance_that_is_none(double mm) {
    assertThrows(IllegalArgumentException.class, () -> new Spacing(mm, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Spacing(1, mm, 1));
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Spacing(1, 1, mm));
    assertEquals(
        "A grid needs a spacing above 0 mm along each axis, not 1.0×1.0×" + mm + " mm.",
        refusal.getMessage());
  }
}
