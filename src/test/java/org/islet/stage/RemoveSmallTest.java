package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class RemoveSmallTest {

  /** Of 1 ml a voxel. */
  private static final Geometry GRID = Geometry.of(new Size(9, 4, 4), 10, 10, 10);

  private final Case c = new Case("1", Masks.indices(GRID));

  /** Pieces of 18 and of 3 voxels. */
  private static Mask pieces() {
    byte[] both = Masks.filled(GRID, new Box(0, 0, 0, 3, 3, 2)).toBytes();
    for (int i = 5; i < 8; i++) {
      both[GRID.size().index(i, 0, 0)] = 1;
    }
    return Mask.of(GRID, both);
  }

  private Mask kept(double min) {
    c.put(Stages.mask("found"), pieces());
    Stages.bind("remove-small?input=found&output=kept&min=" + min).run(c);
    return c.get(Stages.mask("kept"));
  }

  @Test
  void a_piece_as_large_as_the_limit_stays() {
    assertArrayEquals(pieces().toBytes(), kept(3).toBytes());
    assertEquals(List.of(), c.warnings());
  }

  @Test
  void a_smaller_piece_goes_and_more_than_a_tenth_is_warned_of() {
    assertArrayEquals(
        Masks.filled(GRID, new Box(0, 0, 0, 3, 3, 2)).toBytes(), kept(3.01).toBytes());
    assertEquals(
        List.of(
            "Of 'found', 3.0 ml in smaller pieces were left out beside the 18.0 ml that 'kept'"
                + " holds. Look whether the organ came in pieces."),
        c.warnings());
  }

  @Test
  void all_pieces_may_go() {
    assertTrue(kept(100).isEmpty());
    assertEquals(1, c.warnings().size());
  }
}
