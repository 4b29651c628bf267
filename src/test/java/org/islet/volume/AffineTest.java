package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AffineTest {

  private static final double[] ROWS = {0, -2, 0, 10, 0.7, 0, 0, 20, 0, 0, 5, -30};

  @Test
  void maps_voxels_to_millimetres() {
    assertArrayEquals(new double[] {6, 20.7, -15}, Affine.of(ROWS).apply(1, 2, 3), 1e-12);
  }

  @Test
  void maps_millimetres_back_to_voxels() {
    assertArrayEquals(
        new double[] {1, 2, 3}, Affine.of(ROWS).placeOf(new double[] {6, 20.7, -15}), 1e-12);
    Affine tilted = Affine.of(0.6, -1.6, 0.3, 10, 0.8, 1.2, 0.2, 20, 0.1, 0, 3, 30);
    assertArrayEquals(
        new double[] {-2.5, 0.25, 7}, tilted.placeOf(tilted.apply(-2.5, 0.25, 7)), 1e-12);
  }

  @Test
  void the_length_of_a_column_is_the_spacing() {
    Affine affine = Affine.of(ROWS);
    assertEquals(0.7, affine.columnLength(0), 1e-12);
    assertEquals(2, affine.columnLength(1), 1e-12);
    assertEquals(5, affine.columnLength(2), 1e-12);
    assertEquals(5, Affine.of(3, 0, 0, 0, 4, 1, 0, 0, 0, 0, 1, 0).columnLength(0), 1e-12);
  }

  @Test
  void scaling_runs_along_the_patients_axes() {
    assertEquals(Affine.of(1, 0, 0, 4, 0, 2, 0, 5, 0, 0, 3, 6), Affine.scaling(1, 2, 3, 4, 5, 6));
  }

  @Test
  void refuses_another_number_of_entries() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Affine.of(1, 2, 3));
    assertTrue(refusal.getMessage().contains("not 3"), refusal.getMessage());
  }

  @Test
  void refuses_an_entry_that_is_not_finite() {
    assertThrows(IllegalArgumentException.class, () -> Affine.scaling(1, 1, 1, 0, Double.NaN, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> Affine.scaling(Double.POSITIVE_INFINITY, 1, 1, 0, 0, 0));
  }

  @Test
  void refuses_axes_that_do_not_span_the_space_at_any_scale() {
    assertThrows(IllegalArgumentException.class, () -> Affine.scaling(1, 0, 1, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> Affine.of(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0));
    assertEquals(1e-4, Affine.scaling(1e-4, 1e-4, 1e-4, 0, 0, 0).columnLength(2), 1e-12);
  }

  @Test
  void is_close_within_the_tolerance_of_each_entry() {
    Affine affine = Affine.scaling(1, 1, 1, 0, 0, 0);
    assertTrue(affine.isCloseTo(Affine.scaling(1, 1, 1, 0, 0, 0.5), 0.5));
    assertFalse(affine.isCloseTo(Affine.scaling(1, 1, 1, 0, 0, 0.51), 0.5));
  }

  @Test
  void does_not_change_when_the_callers_arrays_do() {
    double[] rows = ROWS.clone();
    Affine affine = Affine.of(rows);
    rows[0] = 99;
    affine.toArray()[1] = 99;
    assertEquals(Affine.of(ROWS), affine);
  }

  @Test
  void a_negative_zero_makes_no_other_affine() {
    assertEquals(
        Affine.scaling(1, 1, 1, 0, 0, 0), Affine.of(1, -0.0, 0, 0, 0, 1, 0, -0.0, -0.0, 0, 1, 0));
  }
}
