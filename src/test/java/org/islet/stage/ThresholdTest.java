package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Geometry;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class ThresholdTest {

  private static final Geometry GRID = Masks.grid(5, 1, 1);

  private final Case c = new Case("1", Volume.of(GRID, new short[] {-1024, -200, 40, 60, 32767}));

  private byte[] kept(String options) {
    Stages.bind("threshold?output=kept" + options).run(c);
    assertEquals(GRID, c.get(Stages.mask("kept")).geometry());
    return c.get(Stages.mask("kept")).toBytes();
  }

  @Test
  void keeps_both_limits_and_what_is_between_them() {
    assertArrayEquals(new byte[] {0, 1, 1, 0, 0}, kept("&min=-200&max=40"));
  }

  @Test
  void a_limit_that_is_not_given_keeps_everything_on_its_side() {
    assertArrayEquals(new byte[] {0, 0, 0, 1, 1}, kept("&min=41"));
  }

  @Test
  void both_limits_may_be_one_value() {
    assertArrayEquals(new byte[] {0, 0, 0, 1, 0}, kept("&min=60&max=60"));
  }

  @Test
  void refuses_limits_that_nothing_lies_within() {
    var refusal =
        assertThrows(
            StageBindingException.class, () -> Stages.bind("threshold?output=a&min=2&max=1"));
    assertEquals("threshold: min (2.0) must not be above max (1.0).", refusal.getMessage());
  }
}
