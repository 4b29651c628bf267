package org.islet.plan;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.islet.plan.Known.Lost;
import org.islet.plan.Known.Value;
import org.islet.route.Location;
import org.islet.stage.Grid;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;

/** A route's result is written on every way, as a mask on the CT's grid. */
final class ResultRules {

  private static final String RESULT = RoutePlan.RESULT.name();

  private final SlotUse use;
  private final Problems problems;

  ResultRules(SlotUse use, Problems problems) {
    this.use = use;
    this.problems = problems;
  }

  /**
   * @param route where it is written
   * @param gridsOf the grids on which what a step writes may lie
   */
  void check(Known end, Location route, Grid ct, Function<Step, Set<Grid>> gridsOf) {
    Optional<Value> value = end.get(RESULT);
    if (value.isPresent()) {
      use.add(RESULT, value.get().writers());
      value.get().lost().ifPresent(this::addLost);
      value.get().writers().forEach(writer -> check(writer, gridsOf.apply(writer), ct));
    } else if (!end.gap()) {
      addMissing(route);
    }
  }

  private void addMissing(Location route) {
    Set<String> written = use.written();
    Nearest.to(RESULT, written).ifPresent(use::addHinted);
    problems.add(
        route,
        "no step writes the slot '%s', which is the route's result%s"
            .formatted(RESULT, Nearest.among(RESULT, "Written", written)));
  }

  private void addLost(Lost lost) {
    problems.add(
        lost.fork(),
        ("the ways part here, and not all of them write the slot '%s', which is the route's"
                + " result: not %s. Write it on each of them.")
            .formatted(RESULT, lost.where()));
  }

  private void check(Step writer, Set<Grid> grids, Grid ct) {
    Class<?> type =
        writer.writes().stream()
            .filter(slot -> slot.name().equals(RESULT))
            .<Class<?>>map(Slot::type)
            .findFirst()
            .orElseThrow();
    if (SlotType.fits(RoutePlan.RESULT.type(), type)) {
      grids.stream()
          .filter(grid -> !grid.matches(ct))
          .findFirst()
          .ifPresent(grid -> addElsewhere(writer, grid));
    } else {
      add(
          writer,
          "the stage '%s' writes %s to the slot '%s', which is the route's result and must be a Mask."
              .formatted(writer.name(), SlotType.noun(type), RESULT));
    }
  }

  private void addElsewhere(Step writer, Grid grid) {
    add(
        writer,
        ("the stage '%s' writes the route's result '%s' on the grid of %s; it must be on that"
                + " of the CT. Bring it back first, as by upsample, paste or resample-mask.")
            .formatted(writer.name(), RESULT, grid));
  }

  private void add(Step writer, String sentence) {
    problems.add(writer, writer.placeOf(RESULT), sentence);
  }
}
