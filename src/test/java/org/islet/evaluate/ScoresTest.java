package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class ScoresTest {

  private static final Geometry GRID = Geometry.of(new Size(20, 20, 20), 1, 1, 2);

  @Test
  void a_shifted_box_has_the_scores_worked_out_by_hand() {
    Mask reference = Masks.filled(GRID, new Box(5, 5, 5, 15, 15, 10));
    Mask prediction = Masks.filled(GRID, new Box(7, 5, 5, 15, 15, 10));
    Scores scores = Scores.of(prediction, reference);
    assertEquals(2.0 * 400 / (400 + 500), scores.dsc(), 1e-12);
    assertEquals(0.8, scores.box().recall(), 1e-12);
    assertEquals(0.8, scores.box().iou(), 1e-12);
    assertEquals(2, scores.hd95Mm(), 1e-6);
    // From the reference: the 50 voxels of its face x = 5 lie 2 mm away, the 26 at the rim of x = 6
    // 1 mm, the other 232 of its surface 0. From the prediction: the 24 inner voxels of its face
    // x = 7 lie 1 mm (the 6 next to a face along y) or 2 mm away, the other 232 of its surface 0.
    assertEquals((50 * 2 + 26 + 6 + 18 * 2) / (308.0 + 256), scores.asdMm(), 1e-6);
    assertEquals(-0.2, scores.volumeDifferenceMl(), 1e-12);
    assertEquals(new IsolatedFalsePositives(0, 0), scores.isolated());
  }

  @Test
  void nothing_found_where_there_is_something_scores_0_and_has_no_distance() {
    Mask reference = Masks.filled(GRID, new Box(5, 5, 5, 15, 15, 10));
    assertEquals(
        new Scores(
            0, new BoxScores(0, 0), Double.NaN, Double.NaN, -1, new IsolatedFalsePositives(0, 0)),
        Scores.of(Mask.empty(GRID), reference));
    assertEquals(
        new Scores(1, new BoxScores(1, 1), 0, 0, 0, new IsolatedFalsePositives(0, 0)),
        Scores.of(Mask.empty(GRID), Mask.empty(GRID)));
  }

  @Test
  void refuses_masks_on_different_grids_and_names_both() {
    Mask mask = Mask.empty(GRID);
    Mask shifted = Mask.empty(new Geometry(GRID.size(), Affine.scaling(1, 1, 2, 0, 0, 12.5)));
    Mask larger = Mask.empty(Geometry.of(new Size(20, 20, 21), 1, 1, 2));
    String sizes = refusal(mask, larger);
    assertTrue(sizes.contains("20×20×20") && sizes.contains("20×20×21"), sizes);
    String affines = refusal(mask, shifted);
    assertTrue(affines.contains("12.5"), affines);
  }

  private static String refusal(Mask prediction, Mask reference) {
    return assertThrows(IllegalArgumentException.class, () -> Scores.of(prediction, reference))
        .getMessage();
  }
}
