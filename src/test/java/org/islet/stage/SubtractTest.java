package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class SubtractTest {

  private static final Geometry ROW = Masks.grid(4, 1, 1);

  private final Case c = new Case("1", Masks.indices(ROW));
  private final BoundStage subtract = Stages.bind("subtract?input=a&minus=b,d&output=left");

  @Test
  void takes_away_what_the_others_hold_an_absent_one_holding_nothing() {
    c.put(Stages.mask("a"), Mask.of(ROW, new byte[] {1, 1, 1, 0}));
    c.put(Stages.mask("b"), Mask.of(ROW, new byte[] {0, 1, 0, 1}));
    c.markAbsent(Stages.mask("d"));
    subtract.run(c);
    assertArrayEquals(new byte[] {1, 0, 1, 0}, c.get(Stages.mask("left")).toBytes());
  }

  @Test
  void where_all_that_is_to_go_is_absent_the_mask_stays() {
    c.put(Stages.mask("a"), Mask.of(ROW, new byte[] {1, 1, 1, 0}));
    c.markAbsent(Stages.mask("b"));
    c.markAbsent(Stages.mask("d"));
    subtract.run(c);
    assertArrayEquals(new byte[] {1, 1, 1, 0}, c.get(Stages.mask("left")).toBytes());
  }

  @Test
  void of_an_absent_mask_nothing_is_left() {
    c.markAbsent(Stages.mask("a"));
    c.put(Stages.mask("b"), Mask.empty(ROW));
    c.put(Stages.mask("d"), Mask.empty(ROW));
    subtract.run(c);
    assertEquals(Optional.empty(), c.find(Stages.mask("left")));
  }

  @Test
  void refuses_a_mask_minus_itself() {
    var refusal =
        assertThrows(
            StageBindingException.class, () -> Stages.bind("subtract?input=a&minus=b,a&output=v"));
    assertEquals(
        "subtract: input and minus must be different slots, not a,b,a.", refusal.getMessage());
  }
}
