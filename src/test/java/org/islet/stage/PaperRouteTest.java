package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

/** The stages together, one after the other as the two-stage route has them. */
class PaperRouteTest {

  private static final Geometry GRID = Masks.grid(50, 46, 43);

  /** A CT of air in which the voxels of a mask have 240 HU. */
  private static Case caseWith(Mask bright) {
    short[] hu = new short[GRID.size().count()];
    byte[] inside = bright.toBytes();
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (inside[i] == 1 ? 240 : -1000);
    }
    return new Case("1", Volume.of(GRID, hu));
  }

  private static void runAll(Case c) {
    Stream.of(
            PaperRoute.COARSE,
            PaperRoute.FINE_FROM_SMALL_BOX,
            PaperRoute.FINE_FROM_FULL_BOX,
            PaperRoute.RESULT)
        .flatMap(List::stream)
        .forEach(endpoint -> PaperRoute.bind(endpoint).run(c));
  }

  @Test
  void finds_exactly_the_organ_and_removes_what_lies_apart() {
    Mask organ = Masks.filled(GRID, new Box(17, 18, 19, 31, 27, 28));
    byte[] bright = organ.toBytes();
    bright[GRID.size().index(14, 18, 19)] = 1;
    Case c = caseWith(Mask.of(GRID, bright));
    runAll(c);
    assertTrue(c.get(Stages.mask("voted")).contains(14, 18, 19));
    assertArrayEquals(organ.toBytes(), c.get(Stages.mask("mask")).toBytes());
    assertEquals(List.of(), c.warnings());
    assertEquals(List.of("pancreas-coarse", "pancreas-fine"), c.models());
    assertEquals(14, c.runs().size());
  }

  @Test
  void where_the_coarse_network_finds_nothing_the_mask_is_empty_and_the_reason_is_said() {
    Case c = caseWith(Mask.empty(GRID));
    runAll(c);
    assertTrue(c.get(Stages.mask("mask")).isEmpty());
    assertEquals(Optional.empty(), c.find(Stages.mask("fine-1")));
    assertEquals(
        List.of(
            "The mask 'coarse' is empty, so there is no box 'box-1'.",
            "The mask 'coarse-full' is empty, so there is no box 'box-2'."),
        c.warnings());
    List<String> ran = c.runs().stream().map(StageRun::stage).toList();
    assertEquals(
        List.of(
            "clip", "downsample", "infer", "upsample", "box", "box", "vote", "largest-component"),
        ran);
  }
}
