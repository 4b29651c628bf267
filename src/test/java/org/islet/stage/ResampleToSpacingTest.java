package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.volume.Geometry;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class ResampleToSpacingTest {

  /** A field of view of 2 × 2 × 5 mm. */
  private final Case c = new Case("1", Masks.indices(Geometry.of(new Size(2, 2, 1), 1, 1, 5)));

  @Test
  void has_the_spacing_asked_for_where_it_divides_the_field_of_view() {
    Stages.bind("resample-to-spacing?input=ct&output=resized&spacing=0.5,2,2.5").run(c);
    Volume resized = c.get(Stages.volume("resized"));
    assertEquals(c.get(Case.CT).geometry().resized(new Size(4, 1, 2)), resized.geometry());
    assertEquals(0.5, resized.geometry().spacing(0), 1e-12);
    assertArrayEquals(
        new float[] {1, 1.25f, 1.75f, 2, 1, 1.25f, 1.75f, 2}, resized.toFloats(), 1e-6f);
  }

  @Test
  void has_the_nearest_spacing_where_it_does_not() {
    Stages.bind("resample-to-spacing?input=ct&output=resized&spacing=1.2").run(c);
    Geometry grid = c.get(Stages.volume("resized")).geometry();
    assertEquals(new Size(2, 2, 4), grid.size());
    assertEquals(1, grid.spacing(0), 1e-12);
    assertEquals(1.25, grid.spacing(2), 1e-12);
  }

  @Test
  void refuses_a_spacing_at_which_the_ct_cannot_be_addressed() {
    Case large = new Case("1", Masks.indices(Geometry.of(new Size(4, 4, 4), 50, 50, 50)));
    BoundStage stage =
        Stages.bind("resample-to-spacing?input=ct&output=resized&spacing=0.05,0.05,0.05");
    var refusal = assertThrows(IllegalArgumentException.class, () -> stage.run(large));
    assertTrue(refusal.getMessage().contains("choose a larger spacing"), refusal.getMessage());
  }
}
