package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Masks;
import org.islet.volume.Scores;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class ClassProbabilityTest {

  @Test
  void writes_one_class_as_a_volume_and_refuses_one_that_is_not_there() {
    Case c = new Case("1", Masks.indices(Masks.grid(1, 1, 1)));
    float[] second = {0.25f, 0.75f};
    c.put(Stages.scores("probabilities"), Scores.of(Masks.grid(2, 1, 1), new float[2], second));
    Stages.bind("class-probability?label=1&output=pancreas").run(c);
    Volume pancreas = c.get(Stages.volume("pancreas"));
    assertSame(second, pancreas.toFloats());
    assertEquals(Masks.grid(2, 1, 1), pancreas.geometry());
    BoundStage third = Stages.bind("class-probability?label=2&output=third");
    assertThrows(IllegalArgumentException.class, () -> third.run(c));
  }
}
