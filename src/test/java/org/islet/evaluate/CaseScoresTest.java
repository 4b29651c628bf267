package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class CaseScoresTest {

  private static final Geometry GRID = Masks.grid(20, 20, 20);
  private static final Mask TRUTH = Masks.filled(GRID, new Box(4, 4, 4, 14, 14, 14));
  private static final Mask HALF = Masks.filled(GRID, new Box(4, 4, 4, 9, 14, 14));

  private final CaseScores scores =
      CaseScores.of(
          "a",
          Map.of("mask", HALF, "coarse", Mask.empty(Masks.grid(5, 5, 5))),
          Map.of("box-1", new Box(0, 0, 0, 20, 20, 9)),
          TRUTH,
          Map.of());

  @Test
  void scores_each_mask_on_the_truths_grid_and_each_box() {
    assertEquals(Set.of("mask"), scores.masks().keySet());
    assertEquals(2.0 * 500 / 1500, scores.value(Metric.DSC, "mask"), 1e-12);
    assertEquals(0.5, scores.value(Metric.BOX_RECALL, "mask"), 1e-12);
    assertEquals(0.5, scores.value(Metric.BOX_RECALL, "box-1"), 1e-12);
    assertEquals(500.0 / 4100, scores.value(Metric.BOX_IOU, "box-1"), 1e-12);
  }

  @Test
  void a_box_has_no_metric_of_masks() {
    assertEquals(Double.NaN, scores.value(Metric.DSC, "box-1"));
    assertEquals(Double.NaN, scores.value(Metric.ASD, "box-1"));
    assertEquals(Double.NaN, scores.value(Metric.ISOLATED, "box-1"));
  }

  @Test
  void a_slot_without_a_value_counts_as_nothing_found() {
    assertEquals(0, scores.value(Metric.DSC, "fine-1"));
    assertEquals(0, scores.value(Metric.BOX_RECALL, "box-2"));
    assertEquals(Double.NaN, scores.value(Metric.HD95, "fine-1"));
    assertEquals(-1, scores.value(Metric.VOLUME_DIFFERENCE, "fine-1"), 1e-12);
  }
}
