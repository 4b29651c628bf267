package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Geometry;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class ClipTest {

  private static final Geometry GRID = Masks.grid(6, 1, 1);
  private final Case c =
      new Case("1", Volume.of(GRID, new short[] {-1024, -100, -15, 70, 240, 3000}));

  @Test
  void clips_to_the_papers_window_and_rescales_it_to_0_to_1() {
    Stages.bind("clip").run(c);
    Volume clipped = c.get(Stages.volume("clipped"));
    assertArrayEquals(new float[] {0, 0, 0.25f, 0.5f, 1, 1}, clipped.toFloats(), 1e-6f);
    assertEquals(GRID, clipped.geometry());
  }

  @Test
  void clips_to_the_window_that_the_route_gives() {
    Stages.bind("clip?min=-15&max=155&output=narrow").run(c);
    float[] narrow = c.get(Stages.volume("narrow")).toFloats();
    assertArrayEquals(new float[] {0, 0, 0, 0.5f, 1, 1}, narrow, 1e-6f);
  }

  @Test
  void refuses_a_window_without_width() {
    var refusal =
        assertThrows(StageBindingException.class, () -> Stages.bind("clip?min=240&max=240"));
    assertEquals("clip: min (240.0) must be below max (240.0).", refusal.getMessage());
  }

  @Test
  void leaves_the_window_in_hu_if_it_is_told_to() {
    Stages.bind("clip?rescale=false").run(c);
    Volume clipped = c.get(Stages.volume("clipped"));
    assertArrayEquals(new float[] {-100, -100, -15, 70, 240, 240}, clipped.toFloats());
    assertEquals(GRID, clipped.geometry());
    assertEquals(-100, clipped.range().getMin());
    assertEquals(240, clipped.range().getMax());
  }
}
