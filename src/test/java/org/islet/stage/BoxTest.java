package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.RandomMasks;
import org.islet.volume.Resampling;
import org.junit.jupiter.api.Test;

class BoxTest {

  private static final String DOWNSAMPLE_AWARE = "box?input=coarse&output=box-1&margin=2&scale=4";

  private static Case caseWith(Geometry ct, Mask coarse) {
    Case c = new Case("1", Masks.indices(ct));
    c.put(Stages.mask("coarse"), coarse);
    return c;
  }

  /** A CT of 40×40×40 and a box in its grid downsampled by 4. */
  private static Case downsampledByFour(Box found) {
    Geometry full = Masks.grid(40, 40, 40);
    return caseWith(full, Masks.filled(full.downsampled(4), found));
  }

  @Test
  void the_downsample_aware_box_is_grown_on_the_small_grid_and_then_scaled() {
    Case c = downsampledByFour(new Box(3, 4, 5, 5, 6, 7));
    Stages.bind(DOWNSAMPLE_AWARE).run(c);
    assertEquals(new Box(4, 8, 12, 28, 32, 36), c.get(Stages.box("box-1")));
    assertEquals(List.of(), c.warnings());
  }

  @Test
  void the_upscaled_box_is_grown_on_the_full_grid_by_ten_voxels() {
    Geometry full = Masks.grid(40, 40, 40);
    Case c = caseWith(full, Masks.filled(full, new Box(12, 13, 14, 20, 21, 22)));
    Stages.bind("box?input=coarse&output=box-2").run(c);
    assertEquals(new Box(2, 3, 4, 30, 31, 32), c.get(Stages.box("box-2")));
    assertEquals(List.of(), c.warnings());
  }

  @Test
  void a_margin_that_reaches_beyond_the_ct_is_clipped_and_that_is_said() {
    Case c = downsampledByFour(new Box(1, 4, 4, 3, 6, 9));
    Stages.bind(DOWNSAMPLE_AWARE).run(c);
    assertEquals(new Box(0, 8, 8, 20, 32, 40), c.get(Stages.box("box-1")));
    assertEquals(
        List.of(
            "The margin of the box 'box-1' reaches beyond the CT, so the box was clipped"
                + " there."),
        c.warnings());
  }

  @Test
  void a_mask_that_touches_the_border_may_be_part_of_a_larger_organ() {
    Case c = downsampledByFour(new Box(3, 3, 0, 5, 5, 2));
    Stages.bind("box?input=coarse&output=box-1&margin=0&scale=4").run(c);
    assertEquals(new Box(12, 12, 0, 20, 20, 8), c.get(Stages.box("box-1")));
    assertEquals(
        List.of(
            "The mask 'coarse' touches the border of the CT: part of the organ may lie"
                + " outside it."),
        c.warnings());
  }

  @Test
  void both_ways_to_a_box_of_one_mask_say_only_once_that_it_touches_the_border() {
    Case c = downsampledByFour(new Box(3, 3, 0, 5, 5, 2));
    Stages.bind("box?input=coarse&output=box-1&margin=0&scale=4").run(c);
    Stages.bind("box?input=coarse&output=box-2&margin=0&scale=4").run(c);
    assertEquals(1, c.warnings().size());
  }

  @Test
  void a_shorter_last_block_is_no_reason_to_say_that_the_margin_was_clipped() {
    Geometry full = Masks.grid(10, 10, 10);
    Case c = caseWith(full, Masks.filled(full.downsampled(4), new Box(1, 1, 1, 2, 2, 2)));
    Stages.bind("box?input=coarse&output=box-1&margin=1&scale=4").run(c);
    assertEquals(new Box(0, 0, 0, 10, 10, 10), c.get(Stages.box("box-1")));
    assertEquals(List.of(), c.warnings());
  }

  @Test
  void there_is_no_box_around_an_empty_mask() {
    Geometry full = Masks.grid(8, 8, 8);
    Case c = caseWith(full, Mask.empty(full));
    Stages.bind("box?input=coarse&output=box-1").run(c);
    assertEquals(Optional.empty(), c.find(Stages.box("box-1")));
    assertEquals(List.of("The mask 'coarse' is empty, so there is no box 'box-1'."), c.warnings());
  }

  @Test
  void refuses_a_mask_that_is_not_the_grid_downsampled_by_scale() {
    Case c = caseWith(Masks.grid(8, 8, 9), Mask.empty(Masks.grid(2, 2, 2)));
    BoundStage stage = Stages.bind(DOWNSAMPLE_AWARE);
    var refusal = assertThrows(IllegalStateException.class, () -> stage.run(c));
    assertEquals(
        "The mask 'coarse' has 2×2×2 voxels, but 'ct' of 8×8×9 downsampled by scale=4 has 2×2×3.",
        refusal.getMessage());
  }

  @Property(tries = 200)
  void with_no_margin_the_box_of_a_small_mask_is_that_of_the_mask_made_large(
      @ForAll(supplier = RandomMasks.class) Mask full, @ForAll @IntRange(min = 1, max = 4) int r) {
    Mask coarse = Resampling.downsample(full, r);
    Assume.that(!coarse.isEmpty());
    Case c = caseWith(full.geometry(), coarse);
    Stages.bind("box?input=coarse&output=box-1&margin=0&scale=" + r).run(c);
    assertEquals(
        Box.around(Resampling.upsample(coarse, r, full.geometry())), c.find(Stages.box("box-1")));
  }
}
