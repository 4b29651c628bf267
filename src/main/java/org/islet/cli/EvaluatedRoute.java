package org.islet.cli;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.islet.dataset.Folds;
import org.islet.evaluate.Stages;
import org.islet.evaluate.Subject;
import org.islet.job.SegmentationRoute;
import org.islet.plan.RoutePlan;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;
import org.islet.volume.Box;
import org.islet.volume.Mask;

/**
 * The route that a case takes.
 *
 * @param title as tables name it
 * @param routes of each fold; a single one where there are no folds
 * @param folds the folds that the cases belong to, if any
 */
record EvaluatedRoute(String title, List<SegmentationRoute> routes, Optional<Folds> folds)
    implements AutoCloseable {

  private static final String STAGE_1 = "coarse-full";

  /** One route for all cases. */
  static EvaluatedRoute of(SegmentationRoute route, Optional<Folds> folds) {
    int count = folds.map(split -> split.folds().size()).orElse(1);
    return new EvaluatedRoute(route.name(), Collections.nCopies(count, route), folds);
  }

  /** The route of a case, which must be in a fold if there are any. */
  SegmentationRoute of(String caseName) {
    return routes.get(folds.map(split -> split.foldOf(caseName).orElseThrow()).orElse(0));
  }

  /**
   * What is evaluated.
   *
   * @param data what the route is run on
   * @param stage1 the mask of stage 1; where none is given, {@code coarse-full} if the route writes
   *     it
   * @param stage2 the mask of stage 2; where none is given, the route's result
   * @throws IllegalArgumentException if the route writes no such mask; the message names those that
   *     it writes
   */
  Subject subject(String data, Optional<String> stage1, Optional<String> stage2) {
    SegmentationRoute any = routes.get(0);
    boolean coarse = slots(any, Mask.class).contains(STAGE_1);
    Stages stages =
        new Stages(
            stage1.or(() -> coarse ? Optional.of(STAGE_1) : Optional.empty()),
            stage2.orElse(RoutePlan.RESULT.name()));
    stages.first().ifPresent(slot -> requireMask(any, slot, "--stage-1"));
    requireMask(any, stages.second(), "--stage-2");
    return new Subject("Route " + title, data, stages, slots(any, Box.class), folds);
  }

  @Override
  public void close() {
    routes.stream().distinct().forEach(SegmentationRoute::close);
  }

  private static void requireMask(SegmentationRoute route, String slot, String option) {
    Set<String> masks = slots(route, Mask.class);
    if (!masks.contains(slot)) {
      throw new IllegalArgumentException(
          "%s: the route '%s' writes no mask '%s'%s"
              .formatted(option, route.name(), slot, Nearest.among(slot, "It writes", masks)));
    }
  }

  private static Set<String> slots(SegmentationRoute route, Class<?> type) {
    return route.slots().stream()
        .filter(slot -> slot.type() == type)
        .map(Slot::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
