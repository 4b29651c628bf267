package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.volume.Masks;
import org.islet.volume.Scores;
import org.junit.jupiter.api.Test;

class AverageTest {

  private final Case c = new Case("1", Masks.indices(Masks.grid(1, 1, 1)));

  private static Scores scores(float first, float second) {
    return Scores.of(Masks.grid(1, 1, 1), new float[] {first}, new float[] {second});
  }

  @Test
  void writes_the_mean_of_those_that_are_there() {
    c.put(Stages.scores("a"), scores(1, 8));
    c.markAbsent(Stages.scores("b"));
    c.put(Stages.scores("c"), scores(3, 4));
    Stages.bind("average?inputs=a,b,c&output=mean").run(c);
    Scores mean = c.get(Stages.scores("mean"));
    assertArrayEquals(new float[] {2}, mean.channel(0).toFloats());
    assertArrayEquals(new float[] {6}, mean.channel(1).toFloats());
  }

  @Test
  void is_absent_where_all_are() {
    c.markAbsent(Stages.scores("a"));
    c.markAbsent(Stages.scores("b"));
    Stages.bind("average?inputs=a,b&output=mean").run(c);
    assertTrue(c.find(Stages.scores("mean")).isEmpty());
  }

  @Test
  void the_same_scores_twice_are_refused() {
    assertEquals(
        "average: inputs must be different slots, not a,a.",
        assertThrows(
                StageBindingException.class, () -> Stages.bind("average?inputs=a,a&output=mean"))
            .getMessage());
  }
}
