package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class UnionTest {

  private static final Geometry ROW = Masks.grid(4, 1, 1);

  private final Case c = new Case("1", Masks.indices(ROW));
  private final BoundStage union = Stages.bind("union?inputs=a,b,d&output=all");

  @Test
  void holds_what_any_mask_holds_an_absent_one_holding_nothing() {
    c.put(Stages.mask("a"), Mask.of(ROW, new byte[] {1, 1, 0, 0}));
    c.put(Stages.mask("b"), Mask.of(ROW, new byte[] {0, 1, 0, 1}));
    c.markAbsent(Stages.mask("d"));
    union.run(c);
    assertArrayEquals(new byte[] {1, 1, 0, 1}, c.get(Stages.mask("all")).toBytes());
  }

  @Test
  void without_any_mask_there_is_no_union() {
    c.markAbsent(Stages.mask("a"));
    c.markAbsent(Stages.mask("b"));
    c.markAbsent(Stages.mask("d"));
    union.run(c);
    assertEquals(Optional.empty(), c.find(Stages.mask("all")));
  }

  @Test
  void refuses_the_same_mask_twice() {
    var refusal =
        assertThrows(StageBindingException.class, () -> Stages.bind("union?inputs=a,a&output=v"));
    assertEquals("union: inputs must be different slots, not a,a.", refusal.getMessage());
  }
}
