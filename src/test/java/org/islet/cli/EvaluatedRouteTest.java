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
import org.islet.job.SegmentationRoutes;
import org.islet.stage.Slot;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.junit.jupiter.api.Test;

class EvaluatedRouteTest {

  private static final Optional<Folds> NONE = Optional.empty();
  private static final Optional<Folds> FOLDS = folds("a", "b");
  private static final Optional<String> DEFAULT = Optional.empty();

  /** Routes "two-stage", "one-stage", "fold-0" and "fold-1". */
  private static final SegmentationRoutes ROUTES =
      name ->
          switch (name) {
            case "two-stage", "fold-0", "fold-1" -> route(name, "coarse", "coarse-full", "mask");
            case "one-stage" -> route(name, "found", "mask");
            default -> throw new IllegalArgumentException("There is no route '" + name + "'.");
          };

  /** A split whose folds have a case each. */
  private static Optional<Folds> folds(String... cases) {
    return Optional.of(new Folds(1, Stream.of(cases).map(List::of).toList()));
  }

  private static FakeRoute route(String name, String... masks) {
    List<Slot<?>> slots =
        Stream.concat(
                Stream.of(masks).map(m -> new Slot<>(m, Mask.class)),
                Stream.of(new Slot<>("box-1", Box.class)))
            .<Slot<?>>map(s -> s)
            .toList();
    return new FakeRoute(name, slots, c -> {});
  }

  private static Stages stages(String route, Optional<Folds> folds, String first, String second) {
    return new EvaluatedRoute(ROUTES, route, folds)
        .subject("data", Optional.ofNullable(first), Optional.ofNullable(second))
        .stages();
  }

  private static String refusal(String route, Optional<Folds> folds, String first, String second) {
    return assertThrows(IllegalArgumentException.class, () -> stages(route, folds, first, second))
        .getMessage();
  }

  @Test
  void the_stages_are_the_coarse_mask_and_the_result_unless_others_are_given() {
    assertEquals(
        new Stages(Optional.of("coarse-full"), "mask"), stages("two-stage", NONE, null, null));
    assertEquals(
        new Stages(Optional.of("mask"), "coarse"), stages("two-stage", NONE, "mask", "coarse"));
  }

  @Test
  void a_route_without_a_coarse_mask_has_one_stage_unless_another_is_given() {
    assertEquals(new Stages(DEFAULT, "mask"), stages("one-stage", NONE, null, null));
    assertEquals(
        new Stages(Optional.of("found"), "mask"), stages("one-stage", NONE, "found", null));
  }

  @Test
  void a_mask_that_the_route_does_not_write_is_refused_with_those_that_it_does() {
    String message = refusal("two-stage", NONE, "coarse-ful", null);
    assertTrue(message.startsWith("--stage-1: the route 'two-stage' writes no mask"), message);
    assertTrue(message.contains("did you mean 'coarse-full'?"), message);
    assertTrue(message.endsWith("It writes: coarse, coarse-full, mask."), message);
    assertTrue(refusal("two-stage", NONE, null, "box-1").startsWith("--stage-2: "));
  }

  @Test
  void each_fold_has_its_own_route_where_the_name_says_so() {
    EvaluatedRoute route = new EvaluatedRoute(ROUTES, "fold-{fold}", FOLDS);
    assertEquals("fold-0", route.of("a"));
    assertEquals("fold-1", route.of("b"));
    Subject subject = route.subject("data", DEFAULT, DEFAULT);
    assertEquals(new Stages(Optional.of("coarse-full"), "mask"), subject.stages());
    assertEquals(Set.of("box-1"), subject.boxes());
    assertEquals("Route fold-{fold}", subject.method());
    assertEquals("two-stage", new EvaluatedRoute(ROUTES, "two-stage", FOLDS).of("a"));
  }

  @Test
  void a_fold_without_a_route_and_a_name_without_folds_are_refused() {
    Optional<Folds> three = folds("a", "b", "c");
    assertTrue(refusal("fold-{fold}", three, null, null).contains("'fold-2'"));
    assertTrue(refusal("fold-{fold}", NONE, null, null).contains("--folds"));
  }
}
