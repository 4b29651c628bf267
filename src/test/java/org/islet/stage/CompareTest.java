package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class CompareTest {

  private static final Geometry ROW = Masks.grid(4, 1, 1);
  private static final Slot<Double> DICE = new Slot<>("dice", Double.class);

  private final Case c = new Case("1", Masks.indices(ROW));
  private final BoundStage compare = Stages.bind("compare?input=a&other=b&output=dice");

  @Test
  void writes_twice_what_both_hold_over_the_sum_of_what_each_does() {
    c.put(Stages.mask("a"), Mask.of(ROW, new byte[] {1, 1, 1, 0}));
    c.put(Stages.mask("b"), Mask.of(ROW, new byte[] {0, 1, 1, 0}));
    compare.run(c);
    assertEquals(0.8, c.get(DICE), 1e-12);
  }

  @Test
  void two_empty_masks_are_the_same() {
    c.put(Stages.mask("a"), Mask.empty(ROW));
    c.put(Stages.mask("b"), Mask.empty(ROW));
    compare.run(c);
    assertEquals(1, c.get(DICE));
  }

  @Test
  void with_an_absent_mask_there_is_nothing_to_compare() {
    c.put(Stages.mask("a"), Mask.empty(ROW));
    c.markAbsent(Stages.mask("b"));
    compare.run(c);
    assertEquals(Optional.empty(), c.find(DICE));
  }

  @Test
  void refuses_masks_of_different_grids_and_a_mask_and_itself() {
    c.put(Stages.mask("a"), Mask.empty(ROW));
    c.put(Stages.mask("b"), Mask.empty(Masks.grid(2, 2, 1)));
    var failure = assertThrows(IllegalArgumentException.class, () -> compare.run(c));
    assertEquals(
        "Masks of 4×1×1 and 2×2×1 are not on one grid: their sizes or affines differ.",
        failure.getMessage());
    var refusal =
        assertThrows(
            StageBindingException.class, () -> Stages.bind("compare?input=a&other=a&output=dice"));
    assertEquals(
        "compare: input and other must be different slots, not a,a.", refusal.getMessage());
  }
}
