package org.islet.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.islet.stage.BoundStage;
import org.islet.stage.FakeNetwork;
import org.islet.stage.SliceAxis;
import org.islet.stage.Stages;
import org.junit.jupiter.api.Test;

class StageExampleTest {

  private static final FakeNetwork ANY = () -> "any/1";

  private static final FakeNetwork OF_SLICES =
      new FakeNetwork() {
        @Override
        public String id() {
          return "slices/1";
        }

        @Override
        public Optional<SliceAxis> slices() {
          return Optional.of(SliceAxis.Z);
        }
      };

  @Test
  void has_all_parameters_and_the_slots_that_have_no_default() {
    assertEquals(
        "stage:clip?min=-100&max=240&rescale=true",
        new StageExample(Stages.ALL.describe("clip")).address());
    assertEquals(
        "- to: stage:largest-component?input=input",
        new StageExample(Stages.ALL.describe("largest-component")).step());
  }

  @Test
  void a_required_option_of_each_kind_has_a_value_that_it_may_have() {
    assertEquals(
        "stage:sample-stage?count=2&output=output&masks=mask-1,mask-2&distance=0.5&low=-1"
            + "&loud=true&side=right-hand&model=my-model",
        new StageExample(SampleStage.description()).address());
  }

  @Test
  void every_example_makes_its_stage() {
    for (String name : Stages.ALL.names()) {
      String address = new StageExample(Stages.ALL.describe(name)).address();
      FakeNetwork network = name.equals("infer-slices") ? OF_SLICES : ANY;
      BoundStage stage =
          Stages.bind(address.substring("stage:".length()), (model, options) -> network);
      assertEquals(name, stage.name());
    }
  }
}
