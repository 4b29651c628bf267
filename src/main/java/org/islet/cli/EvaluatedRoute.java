package org.islet.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.islet.dataset.Folds;
import org.islet.evaluate.Stages;
import org.islet.evaluate.Subject;
import org.islet.job.SegmentationRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.plan.RoutePlan;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;
import org.islet.volume.Box;
import org.islet.volume.Mask;

/**
 * The route that a case takes: one for all, or one for each fold.
 *
 * @param name a route's name, in which {@link #FOLD} stands for the number of the case's fold
 */
record EvaluatedRoute(SegmentationRoutes routes, String name, Optional<Folds> folds) {

  static final String FOLD = "{fold}";

  private static final String STAGE_1 = "coarse-full";

  /** The name of the route of a case. */
  String of(String caseName) {
    return folds.flatMap(split -> split.foldOf(caseName)).map(this::ofFold).orElse(name);
  }

  /**
   * What is evaluated.
   *
   * @param data what the route is run on
   * @param stage1 the mask of stage 1; where none is given, {@code coarse-full} if the route writes
   *     it
   * @param stage2 the mask of stage 2; where none is given, the route's result
   * @throws IllegalArgumentException if there is no such route, or it writes no such mask; the
   *     message names what there is
   */
  Subject subject(String data, Optional<String> stage1, Optional<String> stage2) {
    if (name.contains(FOLD) && folds.isEmpty()) {
      throw new IllegalArgumentException(
          "A route's name with %s needs --folds, which says what fold a case is in."
              .formatted(FOLD));
    }
    List<SegmentationRoute> all = all();
    boolean coarse = all.stream().allMatch(route -> slots(route, Mask.class).contains(STAGE_1));
    Stages stages =
        new Stages(
            stage1.or(() -> coarse ? Optional.of(STAGE_1) : Optional.empty()),
            stage2.orElse(RoutePlan.RESULT.name()));
    Set<String> boxes = new TreeSet<>();
    for (SegmentationRoute route : all) {
      stages.first().ifPresent(slot -> requireMask(route, slot, "--stage-1"));
      requireMask(route, stages.second(), "--stage-2");
      boxes.addAll(slots(route, Box.class));
    }
    return new Subject("Route " + name, data, stages, boxes, folds);
  }

  private List<SegmentationRoute> all() {
    Stream<String> names =
        folds
            .map(split -> IntStream.range(0, split.folds().size()).mapToObj(this::ofFold))
            .orElse(Stream.of(name));
    return names.distinct().map(routes::get).toList();
  }

  private String ofFold(int fold) {
    return name.replace(FOLD, Integer.toString(fold));
  }

  private static void requireMask(SegmentationRoute route, String slot, String option) {
    Set<String> masks = slots(route, Mask.class);
    if (!masks.contains(slot)) {
      throw new IllegalArgumentException(
          "%s: the route '%s' writes no mask '%s'%s It writes: %s."
              .formatted(
                  option, route.name(), slot, Nearest.hint(slot, masks), String.join(", ", masks)));
    }
  }

  private static Set<String> slots(SegmentationRoute route, Class<?> type) {
    return route.slots().stream()
        .filter(slot -> slot.type() == type)
        .map(Slot::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
