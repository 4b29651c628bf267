package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Box;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class CropTest {

  private final Volume clipped = Masks.indices(Masks.grid(4, 3, 2));
  private final Case c = new Case("1", clipped);
  private final BoundStage crop = Stages.bind("crop?box=box-1&output=crop-1");

  @Test
  void cuts_the_box_out_and_keeps_its_place_in_the_patient() {
    c.put(Stages.volume("clipped"), clipped);
    c.put(Stages.box("box-1"), new Box(1, 1, 0, 3, 3, 2));
    crop.run(c);
    Volume cut = c.get(Stages.volume("crop-1"));
    assertArrayEquals(new float[] {5, 6, 9, 10, 17, 18, 21, 22}, cut.toFloats());
    assertArrayEquals(new double[] {1, 1, 0}, cut.geometry().affine().apply(0, 0, 0));
  }

  @Test
  void refuses_a_box_that_reaches_beyond_the_volume() {
    c.put(Stages.volume("clipped"), clipped);
    c.put(Stages.box("box-1"), new Box(1, 1, 0, 5, 3, 2));
    var refusal = assertThrows(IllegalArgumentException.class, () -> crop.run(c));
    assertEquals(
        "The box (1, 1, 0)…(5, 3, 2) reaches beyond the grid of 4×3×2.", refusal.getMessage());
  }
}
