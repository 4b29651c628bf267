package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class InferTest {

  @Test
  void writes_what_the_network_finds_and_records_the_models_version() {
    Volume small = Masks.indices(Masks.grid(2, 2, 2));
    Mask answer = Masks.of(small.geometry(), new int[] {1, 0, 1});
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
              public Optional<String> strangeness(Volume volume) {
                return Optional.of("Given " + volume.at(0) + ".");
              }

              @Override
              public Mask segment(Volume volume) {
                asked.add(volume);
                return answer;
              }
            };
    Stages.bind("infer?model=pancreas-coarse&input=small&output=coarse", networks).run(c);
    assertSame(answer, c.get(Stages.mask("coarse")));
    assertEquals(List.of(small), asked);
    assertEquals(List.of("pancreas-coarse/3"), c.models());
    assertEquals(List.of("Given 0.0."), c.warnings());
  }
}
