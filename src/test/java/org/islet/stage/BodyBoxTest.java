package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class BodyBoxTest {

  private static final Geometry GRID = Geometry.of(new Size(50, 40, 30), 4, 4, 4);
  private static final Box BODY = new Box(5, 10, 0, 45, 35, 30);

  /** A body of fat, and a table of one voxel's thickness. */
  private static Volume ct(Box body) {
    Mask fat = Masks.filled(GRID, body);
    Mask table = Masks.filled(GRID, new Box(0, 4, 0, 50, 5, 30));
    short[] hu = new short[GRID.size().count()];
    Arrays.fill(hu, (short) -1000);
    byte[] inFat = fat.toBytes();
    byte[] inTable = table.toBytes();
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (inFat[i] == 1 ? -100 : inTable[i] == 1 ? 200 : -1000);
    }
    return Volume.of(GRID, hu);
  }

  private final Case c = new Case("1", ct(BODY));

  @Test
  void is_the_box_of_the_body_without_the_table() {
    Stages.bind("body-box?output=body").run(c);
    assertEquals(BODY, c.get(Stages.box("body")));
    assertEquals(List.of(), c.warnings());
  }

  @Test
  void a_margin_ends_where_the_grid_does() {
    Stages.bind("body-box?output=body&margin=6").run(c);
    assertEquals(new Box(0, 4, 0, 50, 40, 30), c.get(Stages.box("body")));
  }

  @Test
  void without_a_body_there_is_no_box_and_that_is_said() {
    Stages.bind("body-box?output=body&threshold=-50").run(c);
    assertEquals(Optional.empty(), c.find(Stages.box("body")));
    assertEquals(
        List.of(
            "Nothing in 'ct' of at least -50 HU is as thick as a body, so there is no box 'body'."),
        c.warnings());
  }
}
