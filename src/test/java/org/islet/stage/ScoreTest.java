package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.islet.volume.Masks;
import org.islet.volume.Scores;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class ScoreTest {

  @Test
  void writes_all_that_the_network_answers_and_records_the_models_version() {
    Volume small = Masks.indices(Masks.grid(2, 2, 2));
    Scores answer = Scores.of(small.geometry(), new float[8], new float[8]);
    List<Volume> asked = new ArrayList<>();
    Case c = new Case("1", Masks.indices(Masks.grid(8, 8, 8)));
    c.put(Stages.volume("small"), small);
    Networks networks =
        (model, options) ->
            new FakeNetwork() {
              @Override
              public String id() {
                return model + "/3";
              }

              @Override
              public Scores scores(Volume volume) {
                asked.add(volume);
                return answer;
              }
            };
    Stages.bind("score?model=organs&input=small", networks).run(c);
    assertSame(answer, c.get(Stages.scores("scores")));
    assertEquals(List.of(small), asked);
    assertEquals(List.of("organs/3"), c.models());
  }
}
