package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class PreparationTest {

  private static final Geometry GRID = Masks.grid(40, 32, 24);
  private static final Mask TRUTH = Masks.filled(GRID, new Box(4, 8, 12, 20, 24, 20));

  /** HU rising along x from −200 by 20 a voxel. */
  private static Volume ramp() {
    short[] hu = new short[GRID.size().count()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (20 * (i % 40) - 200);
    }
    return Volume.of(GRID, hu);
  }

  @Test
  void the_coarse_case_is_the_whole_ct_clipped_and_decimated() {
    PreparedCase coarse = new Preparation.Coarse(4).apply(new LabelledCt(ramp(), TRUTH));
    assertEquals(4 * 4 * 2, coarse.truthCount());
    assertEquals(new Size(10, 8, 6), coarse.input().size());
    assertTrue(coarse.input().geometry().matches(coarse.truth().geometry()));
    assertEquals(4 * 4 * 2, coarse.truth().count());
    assertTrue(coarse.truth().contains(1, 2, 3) && !coarse.truth().contains(0, 2, 3));
    assertEquals(0, coarse.input().at(0, 0, 0));
    // Voxels 8 to 11 are −40, −20, 0 and 20 HU, on average 90 of 340 above −100.
    assertEquals(90 / 340.0, coarse.input().at(2, 0, 0), 1e-5);
    assertEquals(1, coarse.input().at(9, 0, 0));
  }

  @Test
  void the_fine_case_is_the_box_around_the_truth_and_its_margin_where_the_ct_reaches() {
    PreparedCase fine = new Preparation.Fine(6).apply(new LabelledCt(ramp(), TRUTH));
    // x: 4 − 6 is clipped to 0, up to 26; y: 2 to 30; z: 6 to 24, where the CT ends.
    assertEquals(new Size(26, 28, 18), fine.input().size());
    assertTrue(fine.input().geometry().matches(fine.truth().geometry()));
    assertEquals(TRUTH.count(), fine.truth().count());
    assertEquals((20 * 10 - 200 + 100) / 340.0, fine.input().at(10, 0, 0), 1e-5);
  }

  @Test
  void a_case_without_truth_has_no_fine_case() {
    LabelledCt none = new LabelledCt(ramp(), Mask.empty(GRID));
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> new Preparation.Fine(10).apply(none));
    assertEquals("An empty mask has no box to train on.", refusal.getMessage());
  }

  @Test
  void a_name_tells_the_stage_and_its_parameter_which_must_be_sensible() {
    assertEquals("coarse-4", new Preparation.Coarse(4).name());
    assertEquals("fine-14", new Preparation.Fine(14).name());
    var one = assertThrows(IllegalArgumentException.class, () -> new Preparation.Coarse(1));
    assertEquals("The decimation factor must be 2 to 16, not 1.", one.getMessage());
    var negative = assertThrows(IllegalArgumentException.class, () -> new Preparation.Fine(-1));
    assertEquals("The margin must be 0 to 200, not -1.", negative.getMessage());
  }
}
