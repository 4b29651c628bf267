package org.example.islet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.stage.StageBindingException;
import org.islet.stage.StageCatalogue;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class KeepSideTest {

  private static final Slot<Mask> FOUND = new Slot<>("found", Mask.class);
  private static final Slot<Mask> KEPT = new Slot<>("mask", Mask.class);

  /** Voxels of 2×1×1 mm in a row from the patient's left to the right: a case with their mask. */
  private static Case row(int... voxels) {
    byte[] inside = new byte[voxels.length];
    for (int i = 0; i < voxels.length; i++) {
      inside[i] = (byte) voxels[i];
    }
    Geometry grid = Geometry.of(new Size(voxels.length, 1, 1), 2, 1, 1);
    Case c = new Case("case", Volume.of(grid, new short[voxels.length]));
    c.put(FOUND, Mask.of(grid, inside));
    return c;
  }

  /** Runs the stage as a route does that gives it these options. */
  private static byte[] kept(Case c, Map<String, String> options) {
    new StageCatalogue(List.of(KeepSide.class))
        .bind("keep-side", options, (model, asked) -> null)
        .run(c);
    return c.get(KEPT).toBytes();
  }

  @Test
  void keeps_the_patients_left_where_x_is_small_and_the_right_where_it_is_large() {
    assertArrayEquals(
        new byte[] {1, 1, 0, 0}, kept(row(1, 1, 1, 1), Map.of("input", "found", "side", "left")));
    assertArrayEquals(
        new byte[] {0, 0, 0, 1}, kept(row(1, 1, 0, 1), Map.of("input", "found", "side", "right")));
  }

  @Test
  void the_offset_moves_the_plane_to_the_right_by_millimetres() {
    assertArrayEquals(
        new byte[] {1, 1, 1, 0},
        kept(row(1, 1, 1, 1), Map.of("input", "found", "side", "left", "offset", "2")));
    assertArrayEquals(
        new byte[] {0, 1, 1, 1},
        kept(row(1, 1, 1, 1), Map.of("input", "found", "side", "right", "offset", "-2")));
  }

  @Test
  void both_sides_together_are_the_whole_wherever_the_plane_is() {
    for (int mm = -8; mm <= 8; mm++) {
      Map<String, String> left = Map.of("input", "found", "side", "left", "offset", "" + mm);
      Map<String, String> right = Map.of("input", "found", "side", "right", "offset", "" + mm);
      byte[] a = kept(row(1, 0, 1, 1, 1), left);
      byte[] b = kept(row(1, 0, 1, 1, 1), right);
      for (int i = 0; i < a.length; i++) {
        assertEquals(i == 1 ? 0 : 1, a[i] + b[i], "voxel %d at %d mm".formatted(i, mm));
      }
    }
  }

  @Test
  void warns_where_nothing_is_left() {
    Case c = row(0, 0, 1, 1);
    kept(c, Map.of("input", "found", "side", "left"));
    assertEquals(List.of("Nothing of 'found' lies on the side that was to be kept."), c.warnings());
  }

  @Test
  void a_route_must_say_which_side() {
    StageBindingException refusal =
        assertThrows(StageBindingException.class, () -> kept(row(1), Map.of("input", "found")));
    assertEquals("keep-side: side must be given: the patient's own side.", refusal.getMessage());
  }
}
