package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class UpsampleTest {

  @Test
  void returns_to_the_grid_of_the_ct_also_where_the_factor_does_not_divide_it() {
    Geometry full = Masks.grid(10, 9, 8);
    Case c = new Case("1", Masks.indices(full));
    Mask coarse = Masks.of(full.downsampled(4), new int[] {1, 0, 0}, new int[] {2, 0, 0});
    c.put(Stages.mask("coarse"), coarse);
    Stages.bind("upsample?input=coarse&output=coarse-full").run(c);
    Mask fine = c.get(Stages.mask("coarse-full"));
    assertEquals(full, fine.geometry());
    assertEquals(Optional.of(new Box(4, 0, 0, 10, 4, 4)), Box.around(fine));
    assertEquals(6 * 4 * 4, fine.count());
  }

  @Test
  void refuses_a_mask_that_does_not_come_from_the_grid_by_the_factor() {
    Case c = new Case("1", Masks.indices(Masks.grid(8, 8, 8)));
    c.put(Stages.mask("coarse"), Mask.empty(Masks.grid(4, 4, 4)));
    BoundStage stage = Stages.bind("upsample?input=coarse&output=coarse-full");
    var refusal = assertThrows(IllegalArgumentException.class, () -> stage.run(c));
    assertTrue(refusal.getMessage().contains("8×8×8 by 4 gives (2×2×2)"), refusal.getMessage());
  }
}
