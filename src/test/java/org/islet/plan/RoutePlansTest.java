package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.route.Location;
import org.islet.route.RouteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of slots, grids and calls: what it says, and that it says nothing of what is right. */
class RoutePlansTest {

  private static final String TOUCHES =
      "- to: stage:threshold?min=0&output=found\n"
          + "- to: stage:box?input=found&output=box\n"
          + "- to: stage:crop?input=ct&box=box&output=crop\n"
          + "- to: stage:threshold?input=crop&output=cube\n"
          + "- to: stage:touches-box?input=cube&box=box&output=touches\n";

  /** A route whose steps begin on line 5. */
  private static String route(String name, String... steps) {
    return "- route:\n    from:\n      uri: direct:%s\n      steps:\n".formatted(name)
        + String.join("\n", steps).indent(8);
  }

  private static RoutePlans plans(String... routes) {
    return MarkedRoutes.plans(RouteFile.parse("r.yaml", String.join("", routes)));
  }

  private static List<String> problems(RoutePlans plans) {
    return plans.problems().stream().map(p -> p.location().line() + ": " + p.sentence()).toList();
  }

  /** What is wrong with a route of these steps, the first on line 5. */
  private static List<String> wrong(String... steps) {
    return problems(plans(route("test", steps)));
  }

  private static void right(String... steps) {
    assertEquals(List.of(), wrong(steps));
  }

  private static String to(String stage) {
    return "- to: stage:" + stage;
  }

  private static String filter(String condition, String... steps) {
    return "- filter:\n    language: {language: slots, expression: '%s'}\n    steps:\n"
            .formatted(condition)
        + String.join("\n", steps).indent(6);
  }

  private static String choice(String condition, String then, String otherwise) {
    return "- choice:\n    when:\n      - language: {language: slots, expression: '%s'}\n"
            .formatted(condition)
        + "        steps:\n"
        + then.indent(10)
        + (otherwise.isEmpty() ? "" : "    otherwise:\n      steps:\n" + otherwise.indent(8));
  }

  private static String loop(String condition, String... steps) {
    return "- loop:\n    doWhile: true\n    language: {language: slots, expression: '%s'}\n"
            .formatted(condition)
        + "    steps:\n"
        + String.join("\n", steps).indent(6);
  }

  private static String branches(String... branches) {
    StringBuilder text = new StringBuilder("- multicast:\n    steps:\n");
    for (String branch : branches) {
      text.append("      - pipeline:\n          steps:\n").append(branch.indent(12));
    }
    return text.toString();
  }

  private static String attempt(String body, String rescue) {
    return "- doTry:\n    steps:\n"
        + body.indent(6)
        + "    doCatch:\n      - exception: [java.lang.Exception]\n        steps:\n"
        + rescue.indent(10);
  }

  @Test
  void a_slot_that_nobody_writes_is_reported_with_the_nearest_that_was_written_before() {
    assertEquals(
        List.of(
            "6: the stage 'threshold' reads the slot 'cliped', which no step before it writes; did you"
                + " mean 'clipped'? Written by then: clipped, ct."),
        wrong(to("clip"), to("threshold?input=cliped&output=mask")));
  }

  @Test
  void a_slot_written_only_later_is_reported_with_the_step_that_writes_it() {
    assertEquals(
        List.of(
            "5: the stage 'threshold' reads the slot 'clipped', which no step before it writes; the"
                + " stage 'clip' (r.yaml, line 6) does, but not before it."),
        wrong(to("threshold?input=clipped&output=mask"), to("clip")));
  }

  @Test
  void a_slot_of_a_branch_is_written_for_the_steps_behind_but_not_in_the_branch_beside_it() {
    String clip = to("clip");
    String threshold = to("threshold?input=clipped&output=mask");
    right(
        branches(clip, to("threshold?output=found")),
        to("threshold?input=clipped&output=b"),
        to("union?inputs=found,b&output=mask"));
    assertEquals(
        List.of(
            "12: the stage 'threshold' reads the slot 'clipped', which no step before it writes; the"
                + " stage 'clip' (r.yaml, line 9) does, but not before it."),
        wrong(branches(clip, threshold)));
  }

  @Test
  void another_type_than_was_written_is_reported() {
    assertEquals(
        List.of(
            "5: the stage 'largest-component' reads a Mask from the slot 'ct', which holds a Volume."),
        wrong(to("largest-component?input=ct")));
  }

  @Test
  void another_type_that_only_one_of_the_ways_writes_is_reported() {
    assertEquals(
        List.of(
            "15: the stage 'threshold' reads a Volume from the slot 's', which holds a Mask on some"
                + " ways. Of that type: ct."),
        wrong(
            to("threshold?min=0&output=first"),
            choice("first is empty", to("clip?output=s"), to("threshold?output=s")),
            to("threshold?input=s&output=mask")));
  }

  @Test
  void a_slot_written_twice_is_reported_with_both_places() {
    assertEquals(
        List.of(
            "6: the stage 'clip' writes the slot 'clipped', which the stage 'clip' (r.yaml, line 5)"
                + " writes too; give it a name of its own."),
        wrong(to("clip"), to("clip?min=0"), to("threshold?input=clipped&output=mask")));
  }

  @Test
  void a_slot_written_in_two_branches_is_reported_once_also_in_branches_of_branches() {
    String expected =
        "the stage 'clip' writes the slot 'clipped', which the stage 'clip' (r.yaml, line 9) writes"
            + " too in a branch beside it; give it a name of its own.";
    assertEquals(
        List.of("12: " + expected),
        wrong(branches(to("clip"), to("clip?min=0")), to("threshold?input=clipped&output=mask")));
    assertEquals(
        List.of("16: " + expected),
        wrong(
            branches(to("clip"), branches(to("clip?min=0"), to("threshold?output=a"))),
            to("threshold?input=clipped&output=b"),
            to("union?inputs=a,b&output=mask")));
  }

  @Test
  void the_ct_cannot_be_written_nor_replaced() {
    assertEquals(
        List.of(
            "5: the stage 'clip' writes the slot 'ct', which holds the CT; give its output another"
                + " name."),
        wrong(to("clip?output=ct"), to("threshold?output=mask")));
    assertEquals(
        List.of(
            "6: the stage 'carry' writes the slot 'ct', which holds the CT; give its output another"
                + " name."),
        wrong(to("threshold?output=mask"), to("carry?input=mask&output=ct")));
  }

  @Test
  void each_way_of_a_choice_may_write_the_same_slot() {
    right(
        to("threshold?min=0&output=first"),
        choice("first is empty", to("clip?output=s"), to("clip?output=s&min=0")),
        to("threshold?input=s&output=mask"));
  }

  @Test
  void a_slot_of_one_way_may_be_read_in_that_way_and_need_not_be_written_on_the_others() {
    right(
        to("threshold?min=0&output=mask"),
        filter(
            "mask is empty",
            to("clip"),
            to("threshold?input=clipped&output=a"),
            to("carry?input=a&output=mask")));
  }

  @Test
  void a_slot_that_is_not_written_on_every_way_is_reported_where_it_is_read() {
    assertEquals(
        List.of(
            "11: the stage 'threshold' reads the slot 'clipped', which is not written on every way"
                + " here: not where no condition holds at r.yaml, line 6. Write it on each of them."),
        wrong(
            to("threshold?min=0&output=a"),
            filter("a is empty", to("clip")) + "- log: here",
            to("threshold?input=clipped&output=mask")));
  }

  @Test
  void a_slot_may_be_used_by_a_condition_alone() {
    right(
        to("threshold?min=0&output=a"),
        to("threshold?min=9&output=b"),
        to("compare?input=a&other=b&output=dice"),
        choice("dice > 0.5", to("threshold?output=mask"), to("threshold?min=2&output=mask")));
  }

  @Test
  void a_condition_that_reads_what_was_not_written_or_of_another_type_is_reported() {
    assertEquals(
        List.of(
            "8: the condition reads the slot 'dice', which no step before it writes. Written by then:"
                + " ct, mask."),
        wrong(to("threshold?output=mask"), choice("dice > 0.5", "- log: a", "")));
    assertEquals(
        List.of("8: the condition reads yes or no from the slot 'mask', which holds a Mask."),
        wrong(to("threshold?output=mask"), choice("mask", "- log: a", "")));
    right(to("threshold?output=mask"), choice("ct is absent or mask is absent", "- log: a", ""));
  }

  @Test
  void a_loop_hands_on_by_carry_and_may_be_ended_by_what_its_passes_write() {
    right(
        to("threshold?min=100&output=region"),
        loop(
            "dice < 0.9 and passes < 5",
            to("close?input=region&radius=2&output=grown"),
            to("compare?input=region&other=grown&output=dice"),
            to("carry?input=grown&output=region")),
        to("largest-component?input=region"));
  }

  @Test
  void what_a_loop_that_always_has_a_pass_writes_is_written_behind_it() {
    right(
        loop("touches and passes < 3", TOUCHES.strip()),
        to("paste?input=cube&box=box&output=mask"));
    right(
        "- loop:\n    constant: 2\n    steps:\n" + TOUCHES.indent(6).stripTrailing(),
        choice("touches", "- log: a", ""),
        to("paste?input=cube&box=box&output=mask"));
  }

  @Test
  void what_a_loop_that_may_have_no_pass_writes_is_not_written_on_every_way() {
    assertEquals(
        List.of(
            "11: the stage 'largest-component' reads the slot 'b', which is not written on every way"
                + " here: not where the loop at r.yaml, line 6 has no pass. Write it on each of them."),
        wrong(
            to("threshold?min=0&output=a"),
            loop("a is empty and passes < 3", to("close?input=a&radius=1&output=b"))
                .stripTrailing(),
            to("largest-component?input=b")));
  }

  @Test
  void a_pass_cannot_read_what_only_the_pass_before_it_wrote() {
    assertEquals(
        List.of(
            "9: the stage 'close' reads the slot 'b', which no step before it writes; the stage 'close'"
                + " (r.yaml, line 10) does, but not before it."),
        wrong(
            to("threshold?min=0&output=a"),
            "- loop:\n    constant: 2\n    steps:",
            to("close?input=b&radius=1&output=c").indent(6).stripTrailing(),
            to("close?input=c&radius=1&output=b").indent(6).stripTrailing(),
            to("intersection?inputs=a,b&output=mask")));
  }

  @Test
  void a_slot_that_a_pass_writes_and_then_replaces_is_written_anew_by_each_pass() {
    RoutePlans plans =
        plans(
            route(
                "test",
                to("threshold?min=0&output=kept"),
                "- loop:\n    constant: 2\n    steps:",
                to("threshold?output=a").indent(6).stripTrailing(),
                to("close?input=a&radius=1&output=b").indent(6).stripTrailing(),
                to("carry?input=b&output=a").indent(6).stripTrailing(),
                to("carry?input=a&output=kept").indent(6).stripTrailing(),
                to("largest-component?input=kept")));
    assertEquals(List.of(), problems(plans));
    assertEquals("[a, b]", plans.get("test").forgotten().values().iterator().next().toString());
  }

  @Test
  void a_rescue_may_write_what_the_steps_would_have_written() {
    right(
        attempt(
            to("threshold?min=0&output=found") + "\n" + to("close?input=found&radius=1&output=c"),
            to("threshold?output=c")),
        to("largest-component?input=c"));
  }

  @Test
  void a_rescue_cannot_read_what_was_forgotten() {
    assertEquals(
        List.of(
            "12: the stage 'largest-component' reads the slot 'a', which no step before it writes; the"
                + " stage 'threshold' (r.yaml, line 7) does, but not before it."),
        wrong(
            attempt(
                to("threshold?output=a") + "\n" + to("largest-component?input=a"),
                to("largest-component?input=a"))));
  }

  @Test
  void what_cannot_be_taken_back_is_reported() {
    assertEquals(
        List.of(
            "9: the stage 'carry' gives the slot 'a' a new value inside a doTry, which could not take it"
                + " back; hand it on behind the doTry."),
        wrong(
            to("threshold?min=0&output=a"),
            attempt(
                to("close?input=a&radius=1&output=b") + "\n" + to("carry?input=b&output=a"),
                "- log: a"),
            to("largest-component?input=a")));
  }

  @Test
  void a_slot_that_one_branch_replaces_and_another_reads_is_reported() {
    String carry = to("close?input=a&radius=1&output=b") + "\n" + to("carry?input=b&output=a");
    String expected =
        ": the stage 'carry' gives the slot 'a' a new value, which a branch beside it reads; hand it on"
            + " behind the branches.";
    assertEquals(
        List.of("11" + expected),
        wrong(to("threshold?min=0&output=a"), branches(carry, to("largest-component?input=a"))));
    assertEquals(
        List.of("11" + expected),
        wrong(
            to("threshold?min=0&output=a"),
            branches(carry, filter("a is empty", "- log: here")),
            to("largest-component?input=a")));
    right(
        to("threshold?min=0&output=a"),
        branches(carry, to("threshold?output=c")),
        to("intersection?inputs=a,c&output=mask"));
  }

  @Test
  void a_slot_that_two_branches_replace_is_reported() {
    String both = to("threshold?min=0&output=a") + "\n" + to("threshold?min=1&output=b");
    assertEquals(
        List.of(
            "14: the stage 'carry' writes the slot 'a', which the stage 'carry' (r.yaml, line 11) writes"
                + " too in a branch beside it; give it a name of its own."),
        wrong(
            both,
            branches(to("carry?input=b&output=a"), to("carry?input=b&output=a")),
            to("largest-component?input=a")));
  }

  @Test
  void a_slot_that_nothing_reads_is_reported_where_it_is_named() {
    assertEquals(
        List.of(
            "5: the stage 'clip' writes the slot 'clipped', which nothing reads. Use it, or leave the"
                + " step out."),
        wrong(to("clip"), to("threshold?output=mask")));
  }

  @Test
  void a_result_that_is_missing_no_mask_or_not_on_every_way_is_reported() {
    assertEquals(
        List.of(
            "3: no step writes the slot 'mask', which is the route's result; did you mean 'masks'?"
                + " Written: masks."),
        wrong(to("threshold?output=masks"), filter("masks is empty", "- log: a")));
    assertEquals(
        List.of(
            "5: the stage 'clip' writes a Volume to the slot 'mask', which is the route's result and"
                + " must be a Mask."),
        wrong(to("clip?output=mask")));
    assertEquals(
        List.of(
            "6: the ways part here, and not all of them write the slot 'mask', which is the route's"
                + " result: not where no condition holds at r.yaml, line 6. Write it on each of them."),
        wrong(
            to("threshold?min=0&output=a"), filter("a is empty", to("largest-component?input=a"))));
    assertEquals(
        List.of(
            "3: no step writes the slot 'mask', which is the route's result. Written: nothing."),
        wrong("- log: nothing"));
  }

  @Test
  void a_result_on_another_grid_is_reported_also_where_only_one_way_has_it() {
    String small = to("downsample?input=ct&output=small");
    String expected =
        "the stage 'threshold' writes the route's result 'mask' on the grid of ct downsampled by 4; it"
            + " must be on that of the CT. Bring it back first, as by upsample, paste or"
            + " resample-mask.";
    assertEquals(List.of("6: " + expected), wrong(small, to("threshold?input=small&output=mask")));
    assertEquals(
        List.of("11: " + expected),
        wrong(
            small,
            to("threshold?min=0&output=a"),
            choice(
                "a is empty",
                to("threshold?input=small&output=mask"),
                to("largest-component?input=a"))));
  }

  @Test
  void boxes_of_downsampled_and_of_resampled_grids_are_right_where_they_fit() {
    right(
        to("downsample?input=ct&factor=2&output=half"),
        to("downsample?input=half&factor=2&output=quarter"),
        to("threshold?input=quarter&output=found"),
        to("box?input=found&like=half&scale=2&output=box"),
        to("crop?input=half&box=box&output=crop"),
        to("threshold?input=crop&output=cube"),
        to("paste?input=cube&box=box&like=half&output=pasted"),
        to("upsample?input=pasted&factor=2&output=mask"));
    right(
        to("resample-to-spacing?input=ct&spacing=3&output=coarse"),
        to("downsample?input=coarse&factor=2&output=small"),
        to("threshold?input=small&output=found"),
        to("box?input=found&like=coarse&scale=2&output=box"),
        to("crop?input=coarse&box=box&output=crop"),
        to("threshold?input=crop&output=cube"),
        to("paste?input=cube&box=box&like=coarse&output=pasted"),
        to("resample-mask?input=pasted&output=mask"));
  }

  @Test
  void grids_that_do_not_fit_are_reported() {
    assertEquals(
        List.of(
            "8: the stage 'crop' cannot work on what it reads: the box 'box' counts voxels of ct, but"
                + " 'small' is on the grid of ct downsampled by 4; cut it out of a volume of its own"
                + " scale."),
        wrong(
            to("downsample?input=ct&output=small"),
            to("threshold?input=small&output=found"),
            to("box?input=found&scale=4&output=box"),
            to("crop?input=small&box=box&output=crop"),
            to("threshold?input=crop&output=cube"),
            to("paste?input=cube&box=box&output=mask")));
    assertEquals(
        List.of(
            "8: the stage 'union' cannot work on what it reads: 'b' is on the grid of ct downsampled by 4,"
                + " but 'a' on that of ct; bring them to one grid first."),
        wrong(
            to("downsample?input=ct&output=small"),
            to("threshold?min=0&output=a"),
            to("threshold?input=small&output=b"),
            to("union?inputs=a,b&output=mask")));
  }

  @Test
  void a_model_is_taken_with_a_version_and_without() {
    String newest = MarkedRoutes.networks().get("pancreas-fine").id();
    right(
        to("clip"),
        to("infer?model=pancreas-fine&input=clipped&output=a"),
        to("infer?model=" + newest + "&input=clipped&output=b"),
        to("intersection?inputs=a,b&output=mask"));
  }

  @Test
  void a_route_may_be_called_from_each_way_of_a_choice() {
    RoutePlans plans =
        plans(
            route(
                "test",
                to("threshold?min=0&output=a"),
                choice("a is empty", "- to: direct:found", "- to: direct:found")),
            route("found", to("clip"), to("threshold?input=clipped&output=mask")));
    assertEquals(List.of(), problems(plans));
    assertEquals(List.of("test"), List.copyOf(plans.entries().keySet()));
    assertEquals(5, plans.get("test").order().size());
    assertEquals(List.of("r.yaml"), plans.filesOf(plans.get("test")));
  }

  @Test
  void a_route_called_twice_in_a_row_writes_twice() {
    assertEquals(
        List.of(
            "6: the stage 'threshold' (r.yaml, line 11) is run a second time by this call, and would write"
                + " the slot 'mask' again; call its route once."),
        problems(
            plans(
                route("test", "- to: direct:found", "- to: direct:found"),
                route("found", to("threshold?output=mask")))));
  }

  @Test
  void several_routes_may_share_one_that_writes_more_than_each_of_them_reads() {
    String shared = route("shared", to("clip"), to("downsample?input=ct&output=small"));
    String fine = route("fine", "- to: direct:shared", to("threshold?input=clipped&output=mask"));
    String coarse =
        route(
            "coarse",
            "- to: direct:shared",
            to("threshold?input=small&output=found"),
            to("upsample?input=found&output=mask"));
    assertEquals(List.of(), problems(plans(shared, fine, coarse)));
    assertEquals(
        List.of(
            "6: the stage 'downsample' writes the slot 'small', which nothing reads. Use it, or leave"
                + " the step out."),
        problems(plans(shared, fine, route("other", to("threshold?output=mask")))));
  }

  @Test
  void a_call_of_no_route_is_reported_with_the_nearest() {
    assertEquals(
        List.of("5: no route is named 'tset'; did you mean 'test'? There are: other, test."),
        problems(
            plans(
                route("other", "- to: direct:tset"), route("test", to("threshold?output=mask")))));
  }

  @Test
  void calls_that_come_back_are_reported_at_each_call() {
    assertEquals(
        List.of(
            "5: direct:b calls itself (a, b), so it would never end. Repeat steps with 'loop'.",
            "10: direct:a calls itself (a, b), so it would never end. Repeat steps with 'loop'."),
        problems(plans(route("a", "- to: direct:b"), route("b", "- to: direct:a"))));
    assertEquals(
        List.of("6: direct:a calls itself (a), so it would never end. Repeat steps with 'loop'."),
        problems(plans(route("a", to("threshold?output=mask"), "- to: direct:a"))));
  }

  @Test
  void two_routes_of_one_name_are_reported_with_both_places() {
    RoutePlans plans =
        MarkedRoutes.plans(
            RouteFile.parse("a.yaml", route("test", to("threshold?output=mask"))),
            RouteFile.parse("b.yaml", route("test", to("threshold?output=mask"))));
    assertEquals(
        List.of(
            "a.yaml, line 3: a second route is named 'test'; the other is at b.yaml, line 3. Give one of"
                + " them another name.",
            "b.yaml, line 3: a second route is named 'test'; the other is at a.yaml, line 3. Give one of"
                + " them another name."),
        plans.problems().stream().map(Object::toString).toList());
  }

  @Test
  void problems_come_by_file_and_line() {
    RoutePlans plans =
        MarkedRoutes.plans(
            RouteFile.parse(
                "b.yaml", route("b", to("clipp"), to("threshold?input=clipped&output=mask"))),
            RouteFile.parse("a.yaml", route("a", to("threshold?output=mask"), to("clip"))));
    assertEquals(
        List.of(new Location("a.yaml", 6), new Location("b.yaml", 5)),
        plans.problems().stream().map(p -> p.location()).toList());
  }

  @Test
  void a_route_that_is_not_there_is_refused_with_those_that_are() {
    RoutePlans plans = plans(route("test", to("threshold?output=mask")));
    String message =
        assertThrows(IllegalArgumentException.class, () -> plans.get("tset")).getMessage();
    assertEquals("There is no route 'tset'; did you mean 'test'? There are: test.", message);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 9, 10, 16, 19})
  void passes_of_passes_are_counted_without_overflow(int nested) {
    String open = "{loop: {constant: 100, steps: [";
    String steps =
        "- " + open.repeat(nested) + "{to: 'stage:threshold?output=mask'}" + "]}}".repeat(nested);
    String runs = nested == 3 ? "1000000" : "2147483647";
    assertEquals(
        List.of(
            "3: a case could pass "
                + runs
                + " stages on this route; at most 10000 are allowed. Let its loops have fewer passes."),
        wrong(steps));
  }

  @Test
  void a_route_may_have_two_thousand_steps_and_no_more() {
    List<String> steps = new ArrayList<>(List.of(to("threshold?output=mask")));
    while (steps.size() < 2000) {
      steps.add("- log: a");
    }
    right(steps.toArray(String[]::new));
    steps.add("- log: a");
    assertEquals(
        List.of(
            "3: the route has more than 2000 steps when the routes that it calls are written out; call"
                + " fewer."),
        wrong(steps.toArray(String[]::new)));
  }

  /** 25 times 1999 steps and the calls of them are 50,000. */
  @Test
  void all_routes_together_may_have_fifty_thousand_steps_and_no_more() {
    List<String> steps = new ArrayList<>(List.of(to("threshold?output=mask")));
    while (steps.size() < 1999) {
      steps.add("- log: a");
    }
    List<String> routes = new ArrayList<>(List.of(route("long", steps.toArray(String[]::new))));
    while (routes.size() <= 25) {
      routes.add(route("r" + routes.size(), "- to: direct:long"));
    }
    assertEquals(List.of(), problems(plans(routes.toArray(String[]::new))));
    while (routes.size() <= 2000) {
      routes.add(route("r" + routes.size(), "- to: direct:long"));
    }
    List<String> problems =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> problems(plans(routes.toArray(String[]::new))));
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("the routes together have more than 50000 steps"));
  }

  @Test
  void calls_in_a_row_are_limited_and_do_not_exhaust_the_stack() {
    assertEquals(List.of(), problems(plans(chain(30))));
    List<String> problems = problems(plans(chain(1500)));
    assertEquals(
        "155: more than 30 routes call each other in a row here; write the steps of some out.",
        problems.get(0));
    assertTrue(problems.size() < 100);
  }

  /** A route that calls one, which calls another, and so on. */
  private static String[] chain(int calls) {
    String[] routes = new String[calls + 1];
    for (int i = 0; i < calls; i++) {
      routes[i] = route("r" + i, "- to: direct:r" + (i + 1));
    }
    routes[calls] = route("r" + calls, to("threshold?output=mask"));
    return routes;
  }

  @Test
  void the_deepest_calls_of_the_deepest_steps_are_planned() {
    String open = "{pipeline: {steps: [";
    List<String> routes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      routes.add(
          route(
              "r" + i,
              "- " + open.repeat(18) + "{to: 'direct:r" + (i + 1) + "'}" + "]}}".repeat(18)));
    }
    routes.add(route("r30", to("threshold?output=mask")));
    RoutePlans plans = plans(routes.toArray(String[]::new));
    assertEquals(List.of(), problems(plans));
    assertEquals(1, plans.get("r0").order().size());
  }

  @Test
  void routes_that_double_each_other_are_refused_at_once() {
    String[] routes = new String[16];
    for (int i = 0; i < 15; i++) {
      routes[i] = route("r" + i, "- to: direct:r" + (i + 1), "- to: direct:r" + (i + 1));
    }
    routes[15] = route("r15", to("threshold?output=mask"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertTrue(problems(plans(routes)).toString().contains("more than 2000 steps")));
  }

  private static final String[] COARSE = {
    to("clip"),
    to("downsample?output=small"),
    to("infer?model=pancreas-coarse&input=small&output=coarse")
  };

  private static String[] handed(String... after) {
    return Stream.concat(Stream.of(COARSE), Stream.of(after)).toArray(String[]::new);
  }

  @Test
  void what_is_read_later_goes_with_a_case_that_is_handed_over_and_so_do_boxes() {
    RoutePlans plans =
        plans(
            route(
                "test",
                handed(
                    to("box?input=coarse&scale=4&output=box"),
                    "- to: handoff:fine",
                    to("upsample?input=coarse&output=full"),
                    "- to: handoff:start",
                    to("largest-component?input=full&output=mask"),
                    to("crop?box=box&output=crop"),
                    to("threshold?input=crop&output=bright"),
                    to("paste?input=bright&box=box&output=pasted"),
                    filter("pasted is empty", "- log: nothing"))));
    assertEquals(List.of(), problems(plans));
    RoutePlan plan = plans.get("test");
    List<Part.HandOff> handOffs = plan.handOffs();
    assertEquals(List.of("fine", "start"), handOffs.stream().map(h -> h.written().pool()).toList());
    assertEquals(Set.of("ct", "clipped", "coarse", "box"), plan.handedOn(handOffs.get(0)));
    assertEquals(Set.of("ct", "clipped", "full", "box"), plan.handedOn(handOffs.get(1)));
  }

  @Test
  void a_case_is_handed_over_only_between_the_steps_of_the_route_that_it_is_sent_to() {
    String only =
        "a case can be handed over only between the steps of the route that cases are sent to, not inside another step or a route that is called.";
    assertEquals(
        List.of("10: " + only),
        wrong(
            to("threshold?min=0&output=mask"),
            branches("- to: handoff:fine", "- log: nothing").stripTrailing()));
    assertEquals(
        List.of("11: " + only),
        problems(
            plans(
                route("test", to("threshold?min=0&output=mask"), "- to: direct:called"),
                route("called", "- to: handoff:fine"))));
  }

  @Test
  void the_name_of_a_pool_is_a_word() {
    assertEquals(
        List.of(
            "6: 'fine_one' is not a pool's name: up to 64 letters, digits and hyphens were expected behind handoff:."),
        wrong(to("threshold?min=0&output=mask"), "- to: handoff:fine_one"));
    assertEquals(
        List.of("6: 'handoff:' has no parameter 'when' here."),
        wrong(to("threshold?min=0&output=mask"), "- to: handoff:fine?when=now"));
  }
}
