package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Masks;
import org.islet.volume.Scores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChooseClassTest {

  private final Case c = new Case("1", Masks.indices(Masks.grid(1, 1, 1)));

  @BeforeEach
  void put_scores() {
    float[] first = {1, 2, 3};
    float[] second = {2, 2, 2};
    c.put(Stages.scores("scores"), Scores.of(Masks.grid(3, 1, 1), first, second));
  }

  @Test
  void keeps_the_voxels_whose_class_it_is_and_gives_equal_ones_to_the_first() {
    Stages.bind("choose-class?label=0&output=first").run(c);
    Stages.bind("choose-class?label=1&output=second").run(c);
    assertArrayEquals(new byte[] {0, 1, 1}, c.get(Stages.mask("first")).toBytes());
    assertArrayEquals(new byte[] {1, 0, 0}, c.get(Stages.mask("second")).toBytes());
  }

  @Test
  void a_class_that_the_scores_have_not_is_refused() {
    BoundStage stage = Stages.bind("choose-class?label=2&output=third");
    assertEquals(
        "There is no channel 2: the scores have 2, the first being 0.",
        assertThrows(IllegalArgumentException.class, () -> stage.run(c)).getMessage());
    assertThrows(
        StageBindingException.class, () -> Stages.bind("choose-class?label=-1&output=third"));
  }
}
