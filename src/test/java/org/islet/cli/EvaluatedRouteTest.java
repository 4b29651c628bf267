package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.dataset.Folds;
import org.islet.evaluate.Stages;
import org.islet.evaluate.Subject;
import org.islet.job.FakeRoute;
import org.islet.job.SegmentationRoute;
import org.islet.stage.Slot;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.junit.jupiter.api.Test;

class EvaluatedRouteTest {

  private static final Optional<String> DEFAULT = Optional.empty();
  private static final SegmentationRoute TWO_STAGE =
      route("two-stage", "coarse", "coarse-full", "mask");

  private static FakeRoute route(String name, String... masks) {
    List<Slot<?>> slots =
        Stream.concat(
                Stream.of(masks).map(m -> new Slot<>(m, Mask.class)),
                Stream.of(new Slot<>("box-1", Box.class)))
            .<Slot<?>>map(s -> s)
            .toList();
    return new FakeRoute(name, slots, List.of(), c -> {});
  }

  private static Stages stages(SegmentationRoute route, String first, String second) {
    return EvaluatedRoute.of(route, Optional.empty())
        .subject("data", Optional.ofNullable(first), Optional.ofNullable(second))
        .stages();
  }

  private static String refusal(String first, String second) {
    return assertThrows(IllegalArgumentException.class, () -> stages(TWO_STAGE, first, second))
        .getMessage();
  }

  @Test
  void the_stages_are_the_coarse_mask_and_the_result_unless_others_are_given() {
    assertEquals(new Stages(Optional.of("coarse-full"), "mask"), stages(TWO_STAGE, null, null));
    assertEquals(new Stages(Optional.of("mask"), "coarse"), stages(TWO_STAGE, "mask", "coarse"));
  }

  @Test
  void a_route_without_a_coarse_mask_has_one_stage_unless_another_is_given() {
    assertEquals(
        new Stages(DEFAULT, "mask"), stages(route("one-stage", "found", "mask"), null, null));
    assertEquals(
        new Stages(Optional.of("found"), "mask"),
        stages(route("one-stage", "found", "mask"), "found", null));
  }

  @Test
  void a_mask_that_the_route_does_not_write_is_refused_with_those_that_it_does() {
    String message = refusal("coarse-ful", null);
    assertTrue(message.startsWith("--stage-1: the route 'two-stage' writes no mask"), message);
    assertTrue(message.contains("did you mean 'coarse-full'?"), message);
    assertTrue(message.endsWith("It writes: coarse, coarse-full, mask."), message);
    assertTrue(refusal(null, "box-1").startsWith("--stage-2: "));
  }

  @Test
  void all_cases_of_all_folds_take_the_one_route() {
    Folds folds = new Folds(1, List.of(List.of("a"), List.of("b")));
    EvaluatedRoute route = EvaluatedRoute.of(TWO_STAGE, Optional.of(folds));
    assertEquals(TWO_STAGE, route.of("a"));
    assertEquals(TWO_STAGE, route.of("b"));
    Subject subject = route.subject("data", DEFAULT, DEFAULT);
    assertEquals(Set.of("box-1"), subject.boxes());
    assertEquals("Route two-stage", subject.method());
    assertEquals(Optional.of(folds), subject.folds());
  }
}
