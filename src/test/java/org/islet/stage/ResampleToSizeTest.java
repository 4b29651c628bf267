package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Geometry;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class ResampleToSizeTest {

  private final Case c = new Case("1", Masks.indices(Geometry.of(new Size(2, 2, 1), 1, 1, 5)));

  @Test
  void has_the_size_asked_for_and_the_same_field_of_view() {
    Stages.bind("resample-to-size?input=ct&output=resized&size=4,1,2").run(c);
    Volume resized = c.get(Stages.volume("resized"));
    assertEquals(c.get(Case.CT).geometry().resized(new Size(4, 1, 2)), resized.geometry());
    assertArrayEquals(
        new float[] {1, 1.25f, 1.75f, 2, 1, 1.25f, 1.75f, 2}, resized.toFloats(), 1e-6f);
  }

  @Test
  void one_number_is_the_size_along_all_three_axes() {
    Stages.bind("resample-to-size?input=ct&output=resized&size=3").run(c);
    assertEquals(new Size(3, 3, 3), c.get(Stages.volume("resized")).size());
  }

  @Test
  void refuses_a_size_that_cannot_be_addressed_before_any_case() {
    var refusal =
        assertThrows(
            StageBindingException.class,
            () -> Stages.bind("resample-to-size?input=ct&output=resized&size=4096"));
    assertEquals(
        "resample-to-size: size: A grid of 4096×4096×4096 voxels is larger than Islet can address"
            + " (2147483639 voxels).",
        refusal.getMessage());
  }
}
