package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class TissueInsideTest {

  private static final Geometry GRID = Geometry.of(new Size(4, 1, 2), 1, 1, 1);

  @Test
  void tells_of_the_values_inside_and_of_no_others() {
    Volume ct = Volume.of(GRID, new short[] {-51, -50, 2000, 20, 250, 2000, 251, 0});
    Mask mask = Mask.of(GRID, new byte[] {1, 1, 0, 1, 1, 0, 1, 0});
    TissueInside tissue = TissueInside.of(ct, mask);
    assertEquals(20, tissue.medianHu());
    assertEquals(-51, tissue.lowHu());
    assertEquals(251, tissue.highHu());
    assertEquals(0.6, tissue.softShare());
    // Mean 84; deviations −135, −134, −64, 166, 167; their squares sum up to 95722.
    assertEquals(Math.sqrt(95722 / 5.0), tissue.sdHu(), 1e-9);
  }

  @Test
  void an_empty_mask_holds_no_tissue() {
    Volume ct = Volume.of(GRID, new short[8]);
    assertThrows(IllegalArgumentException.class, () -> TissueInside.of(ct, Mask.empty(GRID)));
  }
}
