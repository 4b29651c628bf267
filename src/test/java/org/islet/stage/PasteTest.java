package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasteTest {

  private static final Geometry FULL = Masks.grid(9, 9, 9);

  private static Case pasted(Box box, int[]... voxels) {
    Case c = new Case("1", Masks.indices(FULL));
    c.put(Stages.box("box-1"), box);
    c.put(Stages.mask("fine-crop-1"), Masks.of(FULL.cropped(box), voxels));
    Stages.bind("paste?input=fine-crop-1&box=box-1&output=fine-1").run(c);
    return c;
  }

  @Test
  void puts_the_mask_where_its_box_was() {
    Case c = pasted(new Box(2, 3, 4, 5, 6, 7), new int[] {1, 1, 1});
    Mask fine = c.get(Stages.mask("fine-1"));
    assertEquals(FULL, fine.geometry());
    assertEquals(1, fine.count());
    assertTrue(fine.contains(3, 4, 5));
    assertEquals(List.of(), c.warnings());
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "2,1,1", "1,0,1", "1,2,1", "1,1,0", "1,1,2"})
  void says_at_each_side_that_the_organ_may_reach_further_than_the_box(int i, int j, int k) {
    Case c = pasted(new Box(2, 3, 4, 5, 6, 7), new int[] {i, j, k});
    assertEquals(
        List.of(
            "The mask 'fine-crop-1' touches the border of its box 'box-1': the organ may reach"
                + " further."),
        c.warnings());
  }

  @ParameterizedTest
  @CsvSource({"0,4,4", "8,4,4", "4,0,4", "4,8,4", "4,4,0", "4,4,8"})
  void a_side_of_the_box_that_is_one_of_the_ct_cuts_nothing_off(int i, int j, int k) {
    assertEquals(List.of(), pasted(Box.of(FULL.size()), new int[] {i, j, k}).warnings());
  }

  @Test
  void an_empty_mask_stays_empty() {
    Case c = pasted(new Box(2, 3, 4, 5, 6, 7));
    assertTrue(c.get(Stages.mask("fine-1")).isEmpty());
    assertEquals(List.of(), c.warnings());
  }

  @Test
  void refuses_a_mask_of_another_size_than_its_box() {
    Case c = new Case("1", Masks.indices(FULL));
    c.put(Stages.box("box-1"), new Box(0, 0, 0, 3, 3, 3));
    c.put(Stages.mask("fine-crop-1"), Mask.empty(Masks.grid(3, 3, 4)));
    BoundStage stage = Stages.bind("paste?input=fine-crop-1&box=box-1&output=fine-1");
    var refusal = assertThrows(IllegalArgumentException.class, () -> stage.run(c));
    assertEquals("A mask of 3×3×4 was not found in a box of 3×3×3.", refusal.getMessage());
  }
}
