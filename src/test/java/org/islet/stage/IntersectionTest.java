package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class IntersectionTest {

  private static final Geometry ROW = Masks.grid(4, 1, 1);

  private final Case c = new Case("1", Masks.indices(ROW));
  private final BoundStage intersection = Stages.bind("intersection?inputs=a,b,d&output=common");

  private void put(String name, int... voxels) {
    byte[] inside = new byte[4];
    for (int i = 0; i < 4; i++) {
      inside[i] = (byte) voxels[i];
    }
    c.put(Stages.mask(name), Mask.of(ROW, inside));
  }

  @Test
  void holds_what_all_masks_hold() {
    put("a", 1, 1, 1, 0);
    put("b", 0, 1, 1, 1);
    put("d", 1, 0, 1, 1);
    intersection.run(c);
    assertArrayEquals(new byte[] {0, 0, 1, 0}, c.get(Stages.mask("common")).toBytes());
  }

  @Test
  void an_absent_mask_has_nothing_in_common_with_the_others() {
    put("a", 1, 1, 1, 1);
    put("b", 1, 1, 1, 1);
    c.markAbsent(Stages.mask("d"));
    intersection.run(c);
    assertTrue(c.get(Stages.mask("common")).isEmpty());
  }

  @Test
  void without_any_mask_there_is_no_intersection() {
    c.markAbsent(Stages.mask("a"));
    c.markAbsent(Stages.mask("b"));
    c.markAbsent(Stages.mask("d"));
    intersection.run(c);
    assertEquals(Optional.empty(), c.find(Stages.mask("common")));
  }

  @Test
  void refuses_the_same_mask_twice() {
    var refusal =
        assertThrows(
            StageBindingException.class, () -> Stages.bind("intersection?inputs=a,b,b&output=v"));
    assertEquals("intersection: inputs must be different slots, not a,b,b.", refusal.getMessage());
  }
}
