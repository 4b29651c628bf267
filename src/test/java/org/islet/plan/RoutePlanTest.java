package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.islet.stage.PaperRoute;
import org.islet.stage.Slot;
import org.islet.stage.Stages;
import org.junit.jupiter.api.Test;

class RoutePlanTest {

  private static final String FILE = "routes/pancreas.yaml";

  private final RoutePlan plan = new RoutePlan(new Location(FILE, 2));
  private int line = 10;

  /** Adds a step on the next line. */
  private Step add(String stage, List<Slot<?>> reads, List<Slot<?>> writes, Step... after) {
    return add(stage, reads, writes, Map.of(), after);
  }

  private Step add(
      String stage,
      List<Slot<?>> reads,
      List<Slot<?>> writes,
      Map<Object, Integer> alternatives,
      Step... after) {
    Step step = new Step(stage, reads, writes, List.of(), new Location(FILE, line++), alternatives);
    plan.add(step, List.of(after));
    return step;
  }

  /** The last step of a right plan: it writes the result. */
  private void addResult(Step... after) {
    add("threshold", List.of(Stages.volume("ct")), List.of(Stages.mask("mask")), after);
  }

  private List<String> problems() {
    return plan.problems().stream().map(Problem::toString).toList();
  }

  private Set<Step> chain(List<String> endpoints, Set<Step> after) {
    Set<Step> last = after;
    for (String endpoint : endpoints) {
      Location place = new Location(FILE, line++);
      Step step = Step.of(PaperRoute.bind(endpoint), place, Map.of());
      plan.add(step, last);
      last = Set.of(step);
    }
    return last;
  }

  @Test
  void the_papers_route_with_its_parallel_branches_has_no_problem() {
    Set<Step> coarse = chain(PaperRoute.COARSE, Set.of());
    Set<Step> both = new HashSet<>(chain(PaperRoute.FINE_FROM_SMALL_BOX, coarse));
    both.addAll(chain(PaperRoute.FINE_FROM_FULL_BOX, coarse));
    chain(PaperRoute.RESULT, both);
    assertEquals(List.of(), problems());
  }

  @Test
  void steps_are_ordered_so_that_each_comes_after_those_it_waits_for() {
    Step first = add("a", List.of(), List.of());
    Step left = add("b", List.of(), List.of(), first);
    Step right = add("c", List.of(), List.of(), first);
    Step last = add("d", List.of(), List.of(), left, right);
    List<Step> order = plan.order();
    assertEquals(Set.of(left, right), Set.copyOf(order.subList(1, 3)));
    assertEquals(List.of(first, last), List.of(order.get(0), order.get(3)));
  }

  @Test
  void a_step_cannot_wait_for_one_that_was_not_added() {
    Step stranger = new Step("a", List.of(), List.of(), List.of(), new Location(FILE, 1), Map.of());
    Step step = new Step("b", List.of(), List.of(), List.of(), new Location(FILE, 2), Map.of());
    List<Step> after = List.of(stranger);
    assertThrows(IllegalArgumentException.class, () -> plan.add(step, after));
  }

  @Test
  void a_slot_read_that_nobody_writes_is_reported_with_the_nearest_that_was_written_before() {
    Step clip = add("clip", List.of(Stages.volume("ct")), List.of(Stages.volume("clipped")));
    Step crop = add("crop", List.of(Stages.volume("cliped")), List.of(), clip);
    addResult(crop);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 11: the stage 'crop' reads the slot 'cliped', which no step"
                + " before it writes; did you mean 'clipped'? Written by then: clipped, ct."),
        problems());
  }

  @Test
  void only_slots_written_before_are_suggested() {
    Step crop = add("crop", List.of(Stages.volume("cliped")), List.of());
    Step clip = add("clip", List.of(), List.of(Stages.volume("clipped")), crop);
    addResult(clip);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 10: the stage 'crop' reads the slot 'cliped', which no step"
                + " before it writes. Written by then: ct."),
        problems());
  }

  @Test
  void a_slot_written_only_by_a_later_step_is_reported_with_that_step() {
    Step crop = add("crop", List.of(Stages.box("box-1")), List.of());
    Step box = add("box", List.of(), List.of(Stages.box("box-1")), crop);
    addResult(box);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 10: the stage 'crop' reads the slot 'box-1', which no step"
                + " before it writes; the stage 'box' (routes/pancreas.yaml, line 11) does, but not"
                + " before it."),
        problems());
  }

  @Test
  void a_slot_written_in_a_parallel_branch_is_not_written_before() {
    Step clip = add("clip", List.of(), List.of(Stages.volume("clipped")));
    Step left = add("box", List.of(), List.of(Stages.box("box-1")), clip);
    Step right = add("crop", List.of(Stages.box("box-1")), List.of(), clip);
    addResult(left, right);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 12: the stage 'crop' reads the slot 'box-1', which no step"
                + " before it writes; the stage 'box' (routes/pancreas.yaml, line 11) does, but not"
                + " before it."),
        problems());
  }

  @Test
  void a_slot_written_in_a_parallel_branch_may_be_read_after_the_branches_have_joined() {
    Step left = add("a", List.of(), List.of(Stages.mask("fine-1")));
    Step right = add("b", List.of(), List.of(Stages.mask("fine-2")));
    add(
        "vote",
        List.of(Stages.mask("fine-1"), Stages.mask("fine-2")),
        List.of(Stages.mask("mask")),
        left,
        right);
    assertEquals(List.of(), problems());
  }

  @Test
  void a_slot_read_as_another_type_than_was_written_is_reported() {
    Step box = add("box", List.of(Stages.mask("ct")), List.of(Stages.box("box-1")));
    Step crop = add("crop", List.of(Stages.volume("box-1")), List.of(), box);
    addResult(crop);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 10: the stage 'box' reads a Mask from the slot 'ct', which"
                + " holds a Volume.",
            "routes/pancreas.yaml, line 11: the stage 'crop' reads a Volume from the slot 'box-1',"
                + " which holds a Box."),
        problems());
  }

  @Test
  void a_slot_written_twice_is_reported_with_both_places_also_in_parallel_branches() {
    Step clip = add("clip", List.of(), List.of(Stages.volume("clipped")));
    Step left = add("box", List.of(), List.of(Stages.box("box-1")), clip);
    Step right = add("box", List.of(), List.of(Stages.box("box-1")), clip);
    addResult(left, right);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 12: the stage 'box' writes the slot 'box-1', which the"
                + " stage 'box' (routes/pancreas.yaml, line 11) writes too; give it a name of its"
                + " own."),
        problems());
  }

  @Test
  void the_slot_of_the_ct_cannot_be_written() {
    Step clip = add("clip", List.of(Stages.volume("ct")), List.of(Stages.volume("ct")));
    addResult(clip);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 10: the stage 'clip' writes the slot 'ct', which holds the"
                + " CT; give its output another name."),
        problems());
  }

  @Test
  void the_alternatives_of_a_choice_may_write_the_same_slot() {
    Step wide = add("clip", List.of(), List.of(Stages.volume("clipped")), Map.of("choice", 0));
    Step narrow = add("clip", List.of(), List.of(Stages.volume("clipped")), Map.of("choice", 1));
    addResult(wide, narrow);
    assertEquals(List.of(), problems());
  }

  @Test
  void each_alternative_of_a_choice_may_write_a_slot_only_once() {
    Step wide = add("clip", List.of(), List.of(Stages.volume("clipped")), Map.of("choice", 0));
    Step narrow = add("clip", List.of(), List.of(Stages.volume("clipped")), Map.of("choice", 1));
    Step again =
        add("clip", List.of(), List.of(Stages.volume("clipped")), Map.of("choice", 1), narrow);
    addResult(wide, again);
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 12: the stage 'clip' writes the slot 'clipped', which the"
                + " stage 'clip' (routes/pancreas.yaml, line 11) writes too; give it a name of its"
                + " own."),
        problems());
  }

  @Test
  void a_result_that_no_step_writes_is_reported_at_the_route_itself() {
    add("largest-component", List.of(), List.of(Stages.mask("masks"), Stages.box("box-1")));
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 2: no step writes the slot 'mask', which is the route's"
                + " result; did you mean 'masks'? It writes: box-1, masks."),
        problems());
  }

  @Test
  void a_route_without_steps_writes_nothing() {
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 2: no step writes the slot 'mask', which is the route's"
                + " result. It writes: nothing."),
        problems());
  }

  @Test
  void a_result_that_is_no_mask_is_reported() {
    add("crop", List.of(), List.of(Stages.volume("mask")));
    assertEquals(
        List.of(
            "routes/pancreas.yaml, line 10: the stage 'crop' writes a Volume to the slot 'mask',"
                + " which is the route's result and must be a Mask."),
        problems());
  }

  @Test
  void all_problems_are_reported_in_the_order_of_the_steps() {
    Step crop = add("crop", List.of(Stages.volume("a")), List.of(Stages.volume("ct")));
    add("box", List.of(Stages.mask("b")), List.of(), crop);
    List<Integer> lines = new ArrayList<>();
    plan.problems().forEach(problem -> lines.add(problem.location().line()));
    assertEquals(List.of(10, 10, 11, 2), lines);
  }

  @Test
  void a_place_without_a_line_is_only_its_file() {
    assertEquals(FILE, new Location(FILE, 0).toString());
  }
}
