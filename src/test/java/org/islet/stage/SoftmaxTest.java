package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.islet.volume.Masks;
import org.islet.volume.Scores;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

  @Test
  void writes_probabilities_of_the_same_classes() {
    Case c = new Case("1", Masks.indices(Masks.grid(1, 1, 1)));
    float[] second = {(float) Math.log(4), 0};
    c.put(Stages.scores("scores"), Scores.of(Masks.grid(2, 1, 1), new float[2], second));
    Stages.bind("softmax").run(c);
    Scores probabilities = c.get(Stages.scores("probabilities"));
    assertArrayEquals(new float[] {0.2f, 0.5f}, probabilities.channel(0).toFloats(), 1e-6f);
    assertArrayEquals(new float[] {0.8f, 0.5f}, probabilities.channel(1).toFloats(), 1e-6f);
  }
}
