package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundStageTest {

  private final List<StageRun> heard = new ArrayList<>();
  private final Case c = new Case("1", Masks.indices(Masks.grid(4, 4, 4)), heard::add);

  @Test
  void knows_its_name_and_slots() {
    BoundStage crop = Stages.bind("crop?input=clipped&box=box-1&output=crop-1");
    assertEquals("crop", crop.name());
    assertEquals(List.of(Stages.volume("clipped"), Stages.box("box-1")), crop.ports().reads());
    assertEquals(List.of(Stages.volume("crop-1")), crop.ports().writes());
  }

  @Test
  void can_do_without_slots_of_a_list_alone() {
    assertEquals(
        List.of(Stages.mask("a")),
        Stages.bind("subtract?input=a&minus=b&output=c").ports().required());
    assertEquals(List.of(), Stages.bind("vote?inputs=a,b&output=d").ports().required());
  }

  @Test
  void records_what_it_ran_and_how_long_it_took() {
    Stages.bind("clip").run(c);
    assertEquals(1, c.runs().size());
    StageRun run = c.runs().get(0);
    assertEquals("clip", run.stage());
    assertEquals("clipped", run.output());
    assertTrue(run.seconds() > 0 && run.seconds() < 60, run.toString());
    assertEquals(c.runs(), heard);
  }

  @Test
  void records_when_each_stage_began() {
    Stages.bind("clip").run(c);
    Stages.bind("downsample?factor=2&output=small").run(c);
    StageRun first = c.runs().get(0);
    StageRun second = c.runs().get(1);
    assertTrue(first.start() > 0, first.toString());
    assertTrue(second.start() >= first.start() + first.seconds(), c.runs().toString());
  }

  @Test
  void does_not_run_where_a_slot_is_absent_and_its_output_is_absent_too() {
    c.markAbsent(Stages.box("box-1"));
    Stages.bind("crop?input=ct&box=box-1&output=crop-1").run(c);
    assertTrue(c.isWritten(Stages.volume("crop-1")));
    assertEquals(Optional.empty(), c.find(Stages.volume("crop-1")));
    assertEquals(List.of(), c.runs());
  }

  @Test
  void knows_which_of_its_slots_it_replaces() {
    BoundStage carry = Stages.bind("carry?input=a&output=b");
    assertEquals(List.of(Stages.mask("b")), carry.ports().writes());
    assertEquals(List.of(Stages.mask("b")), carry.ports().replaces());
    assertEquals(List.of(), Stages.bind("vote?inputs=a,b&output=d").ports().replaces());
  }

  @Test
  void a_slot_that_it_replaces_becomes_absent_where_one_that_it_reads_is() {
    c.put(Stages.mask("b"), Mask.empty(Masks.grid(4, 4, 4)));
    c.markAbsent(Stages.mask("a"));
    Stages.bind("carry?input=a&output=b").run(c);
    assertEquals(Optional.empty(), c.find(Stages.mask("b")));
    assertEquals(List.of(), c.runs());
  }

  @Test
  void runs_where_a_slot_of_a_list_is_absent() {
    Mask present = Masks.of(Masks.grid(4, 4, 4), new int[] {1, 2, 3});
    c.put(Stages.mask("a"), present);
    c.markAbsent(Stages.mask("b"));
    Stages.bind("vote?inputs=a,b&output=d").run(c);
    assertEquals(0, c.get(Stages.mask("d")).count());
    assertEquals(1, c.runs().size());
  }

  @Test
  void a_slot_that_nothing_was_written_to_is_an_error_and_not_absent() {
    BoundStage stage = Stages.bind("largest-component?input=voted&output=mask");
    var failure = assertThrows(IllegalStateException.class, () -> stage.run(c));
    assertEquals(
        "The slot 'voted' is read before anything was written to it; written so far: ct.",
        failure.getMessage());
    assertFalse(c.isWritten(Stages.mask("mask")));
  }

  @Test
  void what_the_stage_throws_passes_through_and_is_not_recorded() {
    var thrown = new IllegalStateException("no");
    BoundStage stage =
        new StageCatalogue(List.of(Failing.class))
            .bind("failing", Map.of("model", "any"), (model, options) -> new Thrower(thrown));
    assertSame(thrown, assertThrows(IllegalStateException.class, () -> stage.run(c)));
    assertEquals(List.of(), c.runs());
  }

  @Purpose("Asks its model, which fails.")
  record Failing(
      @Reads(value = "ct", doc = "any volume") Slot<Volume> input,
      @Param(doc = "a model") Network model)
      implements Stage {
    @Override
    public void run(Case c) {
      model.segment(c.get(input));
    }
  }

  /** What a stage does with a case, the wrong as well. */
  private interface Deed extends FakeNetwork {

    void on(Case c);

    @Override
    default String id() {
      return "deed/1";
    }
  }

  @Purpose("Declares two slots, and does what it is told.")
  record Told(
      @Reads(value = "a", doc = "any mask") Slot<Mask> input,
      @Writes(value = "b", doc = "any mask") Slot<Mask> output,
      @Param(doc = "what to do") Network deed)
      implements Stage {
    @Override
    public void run(Case c) {
      ((Deed) deed).on(c);
    }
  }

  private static final Slot<Mask> A = Stages.mask("a");
  private static final Slot<Mask> B = Stages.mask("b");
  private static final Mask EMPTY = Mask.empty(Masks.grid(4, 4, 4));

  private void tell(Deed deed) {
    if (!c.isWritten(A)) {
      c.put(A, EMPTY);
    }
    new StageCatalogue(List.of(Told.class))
        .bind("told", Map.of("deed", "any"), (model, options) -> deed)
        .run(c);
  }

  private void assertRefused(String sentence, Deed deed) {
    assertEquals(
        sentence, assertThrows(IllegalStateException.class, () -> tell(deed)).getMessage());
    assertEquals(List.of(), c.runs());
  }

  @Test
  void a_stage_writes_each_slot_that_it_declares_or_marks_it_absent() {
    assertRefused(
        "Nothing was written to the slot 'b'; write a Mask, or mark it absent.", seen -> {});
    tell(seen -> seen.markAbsent(B));
    assertEquals(Optional.empty(), c.find(B));
    assertEquals(1, c.runs().size());
  }

  @Test
  void a_stage_reads_no_slot_that_it_does_not_declare() {
    String sentence =
        "The slot 'ct' is read, which the stage does not declare with @Reads; those are: a (Mask).";
    assertRefused(sentence, seen -> seen.get(Case.CT));
    assertRefused(sentence, seen -> seen.isWritten(Case.CT));
    assertRefused(sentence, seen -> seen.present(List.of(Case.CT)));
  }

  @Test
  void a_stage_writes_no_slot_that_it_does_not_declare() {
    c.put(Stages.mask("other"), EMPTY);
    String sentence =
        "A Mask is written to the slot '%s', which the stage does not declare with @Writes; those"
            + " are: b (Mask).";
    assertRefused(sentence.formatted("c"), seen -> seen.put(Stages.mask("c"), EMPTY));
    assertRefused(sentence.formatted("c"), seen -> seen.markAbsent(Stages.mask("c")));
    assertRefused(sentence.formatted("a"), seen -> seen.replace(A, EMPTY));
    assertRefused(sentence.formatted("other"), seen -> seen.replaceByAbsent(Stages.mask("other")));
    assertRefused(
        "A Volume is written to the slot 'b', which the stage does not declare with @Writes; those"
            + " are: b (Mask).",
        seen -> seen.put(Stages.volume("b"), c.get(Case.CT)));
    assertRefused(
        "A stage cannot make slots forgotten; only a route's loop can.",
        seen -> seen.forget(List.of("a")));
    assertTrue(c.find(A).isPresent());
    assertFalse(c.isWritten(Stages.mask("c")));
  }

  @Test
  void a_stage_sees_what_it_declares_and_what_it_does_is_seen_in_the_case() {
    tell(
        seen -> {
          seen.put(B, seen.get(A).complement());
          seen.warn("%d voxels.".formatted(seen.get(B).count()));
          assertEquals(Set.of("a", "b"), seen.slotsOf(Mask.class).keySet());
          assertEquals(Map.of(), seen.slotsOf(Volume.class));
          assertEquals("1", seen.id());
        });
    assertEquals(64, c.get(B).count());
    assertEquals(List.of("64 voxels."), c.warnings());
    assertEquals(List.of("deed/1"), c.models());
  }

  /** Finds all volumes strange, and writes down which it was asked about. */
  private record Stranger(List<Volume> asked) implements FakeNetwork {
    @Override
    public String id() {
      return "stranger/1";
    }

    @Override
    public Optional<String> strangeness(Volume volume) {
      asked.add(volume);
      return Optional.of("Begins with %s.".formatted(volume.at(0)));
    }
  }

  @Purpose("Reads volumes, and asks its model nothing.")
  record Reading(
      @Reads(value = "ct", doc = "any volume") Slot<Volume> input,
      @Reads(value = "a", doc = "any mask") Slot<Mask> mask,
      @Reads(value = "more", doc = "any volumes") List<Slot<Volume>> more,
      @Param(doc = "a model") Network model)
      implements Stage {
    @Override
    public void run(Case c) {}
  }

  @Test
  void each_volume_that_is_strange_for_a_network_is_warned_of_and_asked_about_once() {
    List<Volume> asked = new ArrayList<>();
    Volume other = Volume.of(Masks.grid(1, 1, 1), new short[] {7});
    c.put(A, EMPTY);
    c.put(Stages.volume("other"), other);
    c.markAbsent(Stages.volume("gone"));
    new StageCatalogue(List.of(Reading.class))
        .bind(
            "reading",
            Map.of("more", "other,gone", "model", "any"),
            (model, options) -> new Stranger(asked))
        .run(c);
    assertEquals(List.of(c.get(Case.CT), other), asked);
    assertEquals(List.of("Begins with 0.0.", "Begins with 7.0."), c.warnings());
  }

  private record Thrower(RuntimeException thrown) implements FakeNetwork {
    @Override
    public String id() {
      return "thrower/1";
    }

    @Override
    public Mask segment(Volume volume) {
      throw thrown;
    }
  }

  enum Why {
    SAID,
    UNSAID,
    NAMES_NONE
  }

  @Purpose("Does not know where it writes.")
  record Lost(@Param(doc = "how it says so") Why why) implements Stage {
    @Override
    public void run(Case c) {}

    @Override
    public Grid grid(Grids grids) {
      return switch (why) {
        case SAID -> throw new IllegalStateException("no idea");
        case UNSAID -> throw new ArithmeticException();
        case NAMES_NONE -> null;
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "said, no idea",
    "unsaid, java.lang.ArithmeticException",
    "names-none, it names none",
  })
  void a_stage_that_cannot_say_where_it_writes_is_told_of(String how, String why) {
    BoundStage lost =
        new StageCatalogue(List.of(Lost.class))
            .bind("lost", Map.of("why", how), (model, options) -> null);
    var refusal = assertThrows(IllegalArgumentException.class, () -> lost.grid(slot -> Grid.OF_CT));
    assertEquals(
        "the stage cannot say on which grid it writes (" + why + ").", refusal.getMessage());
  }
}
