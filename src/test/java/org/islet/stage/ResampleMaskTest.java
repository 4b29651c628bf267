package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class ResampleMaskTest {

  private static final Geometry CT = Geometry.of(new Size(12, 10, 6), 0.7, 0.7, 2.5);

  private final Case c = new Case("1", Masks.indices(CT));
  private final BoundStage stage = Stages.bind("resample-mask?input=small&output=mask");

  @Test
  void what_was_found_on_a_resampled_crop_comes_back_to_the_ct() {
    Box crop = new Box(2, 2, 1, 10, 8, 5);
    Geometry small = CT.cropped(crop).resized(new Size(4, 3, 8));
    c.put(Stages.mask("small"), Masks.filled(small, new Box(1, 1, 2, 3, 2, 6)));
    stage.run(c);
    Mask expected = Masks.filled(CT, new Box(4, 4, 2, 8, 6, 4));
    assertEquals(CT, c.get(Stages.mask("mask")).geometry());
    assertArrayEquals(expected.toBytes(), c.get(Stages.mask("mask")).toBytes());
  }

  @Test
  void comes_to_the_grid_of_another_volume_where_the_route_says_so() {
    Geometry other = CT.cropped(new Box(0, 0, 0, 5, 5, 5));
    c.put(Stages.volume("crop"), Masks.indices(other));
    c.put(Stages.mask("small"), Masks.filled(CT, new Box(3, 3, 3, 9, 9, 6)));
    Stages.bind("resample-mask?input=small&output=mask&like=crop").run(c);
    assertArrayEquals(
        Masks.filled(other, new Box(3, 3, 3, 5, 5, 5)).toBytes(),
        c.get(Stages.mask("mask")).toBytes());
  }

  @Test
  void refuses_grids_that_are_turned_against_each_other() {
    Affine turned = Affine.of(0.8, -0.6, 0, 0, 0.6, 0.8, 0, 0, 0, 0, 1, 0);
    c.put(Stages.mask("small"), Mask.empty(new Geometry(new Size(4, 4, 4), turned)));
    var refusal = assertThrows(IllegalArgumentException.class, () -> stage.run(c));
    assertEquals(
        "The axes of the grids %s and %s are not parallel, so neither can be resampled to the"
                .formatted(CT.affine(), turned)
            + " other.",
        refusal.getMessage());
  }
}
