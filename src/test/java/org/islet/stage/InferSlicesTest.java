package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class InferSlicesTest {

  private static final Mask ANSWER = Masks.of(Masks.grid(2, 2, 2), new int[] {1, 0, 1});

  /** A network of coronal slices, and one of volumes. */
  private static Networks networks() {
    return (model, options) ->
        new FakeNetwork() {
          @Override
          public String id() {
            return model + "/3";
          }

          @Override
          public Optional<SliceAxis> slices() {
            return model.equals("coronal") ? Optional.of(SliceAxis.Y) : Optional.empty();
          }

          @Override
          public Mask segment(Volume volume) {
            return ANSWER;
          }
        };
  }

  private static String refusal(String endpoint) {
    return assertThrows(StageBindingException.class, () -> Stages.bind(endpoint, networks()))
        .getMessage();
  }

  @Test
  void writes_what_the_network_finds_and_records_the_models_version() {
    Case c = new Case("1", Masks.indices(Masks.grid(2, 2, 2)));
    Stages.bind("infer-slices?model=coronal&axis=y&input=ct&output=mask", networks()).run(c);
    assertSame(ANSWER, c.get(Stages.mask("mask")));
    assertEquals(List.of("coronal/3"), c.models());
  }

  @Test
  void other_slices_than_the_models_are_refused() {
    assertEquals(
        "infer-slices: the model coronal/3 takes coronal slices (axis=y) by its card's input.layout,"
            + " not axial ones.",
        refusal("infer-slices?model=coronal&input=ct&output=mask"));
  }

  @Test
  void a_model_of_volumes_and_a_model_of_slices_each_have_their_stage() {
    assertEquals(
        "infer-slices: the model whole/3 takes volumes, not slices; use the stage infer.",
        refusal("infer-slices?model=whole&input=ct&output=mask"));
    assertEquals(
        "infer: the model coronal/3 takes coronal slices, not volumes; use the stage infer-slices"
            + " with axis=y.",
        refusal("infer?model=coronal&input=ct&output=mask"));
  }
}
