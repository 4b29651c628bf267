package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchesBoxTest {

  private static final Geometry FULL = Masks.grid(9, 9, 9);
  private static final Slot<Boolean> TOUCHES = new Slot<>("touches", Boolean.class);

  private static boolean touches(Box box, int[]... voxels) {
    Case c = new Case("1", Masks.indices(FULL));
    c.put(Stages.box("box-1"), box);
    c.put(Stages.mask("found"), Masks.of(FULL.cropped(box), voxels));
    Stages.bind("touches-box?input=found&box=box-1&output=touches").run(c);
    return c.get(TOUCHES);
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "2,1,1", "1,0,1", "1,2,1", "1,1,0", "1,1,2"})
  void a_mask_touches_each_side_of_its_box(int i, int j, int k) {
    assertEquals(true, touches(new Box(2, 3, 4, 5, 6, 7), new int[] {i, j, k}));
  }

  @ParameterizedTest
  @CsvSource({"0,4,4", "8,4,4", "4,0,4", "4,8,4", "4,4,0", "4,4,8"})
  void a_side_of_the_box_that_is_one_of_the_ct_does_not_count(int i, int j, int k) {
    assertEquals(false, touches(Box.of(FULL.size()), new int[] {i, j, k}));
  }

  @Test
  void a_mask_that_ends_inside_the_box_or_is_empty_touches_nothing() {
    assertEquals(false, touches(new Box(2, 3, 4, 5, 6, 7), new int[] {1, 1, 1}));
    assertEquals(false, touches(new Box(2, 3, 4, 5, 6, 7)));
  }

  @Test
  void refuses_a_mask_that_is_not_of_the_boxs_size() {
    Case c = new Case("1", Masks.indices(FULL));
    c.put(Stages.box("box-1"), new Box(0, 0, 0, 3, 3, 3));
    c.put(Stages.mask("found"), Mask.empty(FULL));
    BoundStage stage = Stages.bind("touches-box?input=found&box=box-1&output=touches");
    var refusal = assertThrows(IllegalArgumentException.class, () -> stage.run(c));
    assertEquals("A mask of 9×9×9 was not found in a box of 3×3×3.", refusal.getMessage());
  }
}
