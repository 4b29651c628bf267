package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Spacing;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route says of a stage, turned into the stage. */
class BindingTest {

  enum Side {
    LEFT,
    RIGHT_HAND
  }

  @Purpose("Has a parameter of each type and remembers what it was given.")
  record Sample(
      @Writes(value = "text", doc = "all parameters") Slot<String> output,
      @Reads(value = "ct", doc = "any volumes") List<Slot<Volume>> inputs,
      @Param(value = "3", min = 1, max = 5, doc = "a count") int count,
      @Param(value = "0.5", min = 0, doc = "a weight") double weight,
      @Param(value = "1", max = 2.5, doc = "a bound") double bound,
      @Param(value = "false", doc = "a switch") boolean loud,
      @Param(value = "right-hand", doc = "a side") Side side)
      implements Stage {

    Sample {
      if (loud && count > 4) {
        throw new IllegalArgumentException("count must be at most 4 with loud.");
      }
    }

    @Override
    public void run(Case c) {
      c.put(output, "%d %s %s %s".formatted(count, weight, loud, side));
    }
  }

  @Purpose("Has a parameter of each type that holds a number for each axis.")
  record Grid(
      @Writes(value = "text", doc = "both parameters") Slot<String> output,
      @Param(value = "144", unit = "voxels", min = 2, max = 99999, doc = "a size") Size size,
      @Param(value = "1,1,2.5", unit = "mm", max = 100, doc = "a spacing") Spacing spacing)
      implements Stage {

    @Override
    public void run(Case c) {
      c.put(output, size + " " + spacing);
    }
  }

  private static final StageCatalogue CATALOGUE =
      new StageCatalogue(List.of(Sample.class, Grid.class));

  private static BoundStage bind(Map<String, String> options) {
    return CATALOGUE.bind("sample", options, (model, running) -> null);
  }

  private static BoundStage bindGrid(Map<String, String> options) {
    return CATALOGUE.bind("grid", options, (model, running) -> null);
  }

  private static String refusal(String option, String value) {
    return assertThrows(StageBindingException.class, () -> bind(Map.of(option, value)))
        .getMessage();
  }

  private static String gridRefusal(String option, String value) {
    return assertThrows(StageBindingException.class, () -> bindGrid(Map.of(option, value)))
        .getMessage();
  }

  private static String textOf(BoundStage stage) {
    Case c = new Case("1", Masks.indices(Masks.grid(1, 1, 1)));
    stage.run(c);
    return c.get(new Slot<>("text", String.class));
  }

  private static String textOf(Map<String, String> options) {
    return textOf(bind(options));
  }

  @Test
  void what_is_not_given_has_its_default() {
    assertEquals("3 0.5 false RIGHT_HAND", textOf(Map.of()));
  }

  @Test
  void what_is_given_is_read_as_its_type_without_blanks_around_it() {
    Map<String, String> options =
        Map.of("count", " 4 ", "weight", "1e-3", "loud", "true", "side", "left");
    assertEquals("4 0.001 true LEFT", textOf(options));
  }

  @Test
  void the_limits_themselves_are_allowed() {
    assertEquals("5 0.0 false RIGHT_HAND", textOf(Map.of("count", "5", "weight", "0")));
    assertEquals("1 0.5 false RIGHT_HAND", textOf(Map.of("count", "1", "bound", "2.5")));
  }

  @Test
  void slots_are_named_by_the_route_or_by_default() {
    BoundStage stage = bind(Map.of("inputs", "a, b", "output", "c"));
    assertEquals(List.of(Stages.volume("a"), Stages.volume("b")), stage.ports().reads());
    assertEquals(List.of(new Slot<>("c", String.class)), stage.ports().writes());
    assertEquals(List.of(Case.CT), bind(Map.of()).ports().reads());
  }

  @Test
  void an_unknown_option_is_refused_with_the_nearest_and_all_there_are() {
    var refusal =
        assertThrows(StageBindingException.class, () -> Stages.bind("clip?mim=-100&max=240"));
    assertEquals(
        "The stage 'clip' has no parameter 'mim'; did you mean 'min'? It has: input, output, min,"
            + " max, rescale.",
        refusal.getMessage());
  }

  @Test
  void an_option_without_default_must_be_given() {
    var refusal =
        assertThrows(StageBindingException.class, () -> Stages.bind("downsample?factor=4"));
    assertEquals(
        "downsample: output must be given: ⌈n / factor⌉ voxels along each axis.",
        refusal.getMessage());
    assertEquals("sample: count must be given: a count.", refusal("count", " "));
  }

  @Test
  void a_number_must_be_one() {
    var refusal = assertThrows(StageBindingException.class, () -> Stages.bind("clip?max=abc"));
    assertEquals("clip: max must be a number, not 'abc'.", refusal.getMessage());
    assertThrows(StageBindingException.class, () -> Stages.bind("clip?max=NaN"));
    assertThrows(StageBindingException.class, () -> Stages.bind("clip?max=Infinity"));
    assertEquals(
        "sample: count must be a whole number from 1 to 5, not '2.5'.", refusal("count", "2.5"));
    assertEquals(
        "sample: count must be a whole number from 1 to 5, not '99999999999'.",
        refusal("count", "99999999999"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "1d", "1e2f", "0x1p7", "1,5", "1_0", "e1", ".", "+-1", "٣"})
  void a_number_must_be_written_as_people_do(String text) {
    assertEquals(
        "sample: weight must be a number of at least 0, not '%s'.".formatted(text),
        refusal("weight", text));
  }

  @Test
  void a_number_may_have_a_sign_a_point_and_an_exponent() {
    assertEquals("3 50.0 false RIGHT_HAND", textOf(Map.of("weight", "+.5E+2")));
    assertEquals("3 7.0 false RIGHT_HAND", textOf(Map.of("weight", "7.")));
    assertEquals("4 0.5 false RIGHT_HAND", textOf(Map.of("count", "+0000000004")));
  }

  @Test
  void a_number_is_no_longer_than_anybody_needs_and_a_refusal_cites_its_beginning() {
    assertEquals(
        "3 %s false RIGHT_HAND".formatted(1 / 3.0),
        textOf(Map.of("weight", "0." + "3".repeat(38))));
    assertEquals(
        "sample: weight must be a number of at least 0, not '0.%s'.".formatted("3".repeat(39)),
        refusal("weight", "0." + "3".repeat(39)));
    assertEquals(
        "sample: count must be a whole number from 1 to 5, not '00000000004'.",
        refusal("count", "00000000004"));
    assertEquals(
        "sample: weight must be a number of at least 0, not '%s…'.".formatted("1".repeat(60)),
        refusal("weight", "1".repeat(100_000)));
    assertEquals(
        "sample: output: '%s…' is not a slot's name: up to 64 letters, digits and hyphens were"
                .formatted("a".repeat(60))
            + " expected.",
        refusal("output", "a".repeat(65)));
  }

  @Test
  void a_number_must_be_within_its_limits() {
    assertEquals(
        "sample: count must be a whole number from 1 to 5, not '0'.", refusal("count", "0"));
    assertEquals(
        "sample: count must be a whole number from 1 to 5, not '6'.", refusal("count", "6"));
    assertEquals(
        "sample: weight must be a number of at least 0, not '-0.1'.", refusal("weight", "-0.1"));
    assertEquals(
        "sample: bound must be a number of at most 2.5, not '2.6'.", refusal("bound", "2.6"));
  }

  @Test
  void one_number_stands_for_all_three_axes_and_three_for_one_each() {
    assertEquals("144×144×144 1.0×1.0×2.5 mm", textOf(bindGrid(Map.of())));
    Map<String, String> options = Map.of("size", "2, 99999,3", "spacing", " 0.5 ");
    assertEquals("2×99999×3 0.5×0.5×0.5 mm", textOf(bindGrid(options)));
  }

  @Test
  void a_size_must_be_one_or_three_whole_numbers_each_within_its_limits() {
    String expected =
        "grid: size must be a whole number from 2 to 99999, or three for x, y and z as in"
            + " 144,144,144, not '%s'.";
    for (String text : List.of("12,12", "12,12,12,12", "12,12,", "2.5", "a", "12,1,12", "100000")) {
      assertEquals(expected.formatted(text), gridRefusal("size", text));
    }
  }

  @Test
  void a_size_must_not_have_more_voxels_than_can_be_addressed() {
    assertEquals(
        "grid: size: A grid of 99999×99999×99999 voxels is larger than Islet can address"
            + " (2147483639 voxels).",
        gridRefusal("size", "99999"));
  }

  @Test
  void a_spacing_must_be_one_or_three_numbers_each_above_0_and_within_its_limits() {
    String expected =
        "grid: spacing must be a number of at most 100, or three for x, y and z as in 1,1,2.5,"
            + " not '%s'.";
    for (String text : List.of("1,1", "1;1;1", "1,1,101", "NaN", "1,Infinity,1")) {
      assertEquals(expected.formatted(text), gridRefusal("spacing", text));
    }
    assertEquals(
        "grid: spacing: A grid needs a spacing above 0 mm along each axis, not 1.0×0.0×1.0 mm.",
        gridRefusal("spacing", "1,0,1"));
  }

  @Test
  void a_switch_and_a_choice_must_be_one_of_their_words() {
    assertEquals("sample: loud must be true or false, not 'yes'.", refusal("loud", "yes"));
    assertEquals(
        "sample: side must be one of left, right-hand, not 'LEFT'.", refusal("side", "LEFT"));
  }

  @Test
  void a_slot_must_have_the_name_of_one() {
    assertEquals(
        "sample: output: 'a b' is not a slot's name: up to 64 letters, digits and hyphens were"
            + " expected.",
        refusal("output", "a b"));
    assertEquals(
        "sample: inputs: '' is not a slot's name: up to 64 letters, digits and hyphens were"
            + " expected.",
        refusal("inputs", "a,b,"));
  }

  @Test
  void values_that_do_not_go_together_are_refused_by_the_stage_itself() {
    var refusal =
        assertThrows(StageBindingException.class, () -> bind(Map.of("loud", "true", "count", "5")));
    assertEquals("sample: count must be at most 4 with loud.", refusal.getMessage());
  }

  @Test
  void a_model_that_is_not_there_is_refused_in_the_words_of_the_store() {
    var refusal =
        assertThrows(
            StageBindingException.class,
            () -> Stages.bind("infer?model=pancreas&input=small&output=coarse"));
    assertEquals("infer: model: There is no model 'pancreas'.", refusal.getMessage());
  }

  @Test
  void a_model_is_asked_for_by_the_name_that_the_route_gives() {
    Network network =
        new FakeNetwork() {
          @Override
          public String id() {
            return "pancreas/7";
          }

          @Override
          public Mask segment(Volume volume) {
            return Mask.empty(volume.geometry());
          }
        };
    Networks networks = FakeNetwork.byName(Map.of("pancreas/7", network)::get);
    Case c = new Case("1", Masks.indices(Masks.grid(1, 1, 1)));
    Stages.bind("infer?model=pancreas/7&input=ct&output=mask", networks).run(c);
    assertEquals(List.of("pancreas/7"), c.models());
  }
}
