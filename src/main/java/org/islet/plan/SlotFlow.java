package org.islet.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.islet.plan.Known.Value;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.route.RouteStep;
import org.islet.stage.Case;
import org.islet.stage.Grid;
import org.islet.stage.Slot;

/**
 * Follows the slots along every way through a route, with the rules for writing and reading them.
 * Takes time in proportion to steps times slots.
 */
final class SlotFlow {

  private final SlotRules rules;
  private final Map<String, Step> unused;
  private final Map<Step, Grid> grids = new HashMap<>();
  private final Map<RouteStep, Set<String>> forgotten = new HashMap<>();

  /**
   * @param route where it is written
   * @param ct the grid of the CT
   * @param incomplete whether parts of the route are missing, which may have written anything
   */
  SlotFlow(Part root, Location route, Grid ct, boolean incomplete) {
    rules = new SlotRules(root, incomplete);
    Value start = new Value(List.of(), Set.of(Case.CT.type()), ct, Optional.empty());
    Known end = follow(root, new Known(Map.of(Case.CT.name(), start)));
    rules.checkResult(end, route, ct, this::gridOf);
    unused = rules.unused();
  }

  List<Problem> problems() {
    return rules.problems();
  }

  /** The slots that nothing reads, each with the first step that writes it. */
  Map<String, Step> unused() {
    return unused;
  }

  /** The grid on which what a step writes lies. */
  Grid gridOf(Step step) {
    return grids.getOrDefault(step, Grid.UNKNOWN);
  }

  /** What a loop forgets at the start of each pass, and a doTry where a stage in it has failed. */
  Map<RouteStep, Set<String>> forgotten() {
    return forgotten;
  }

  private Known follow(Part part, Known before) {
    if (part instanceof Step step) {
      return step(step, before);
    } else if (part instanceof Part.Series series) {
      Known known = before;
      for (Part next : series.parts()) {
        known = follow(next, known);
      }
      return known;
    } else if (part instanceof Part.Parallel parallel) {
      return parallel(parallel, before);
    } else if (part instanceof Part.Choice choice) {
      return choice(choice, before);
    } else if (part instanceof Part.Loop loop) {
      return loop(loop, before);
    }
    return attempt((Part.Try) part, before);
  }

  private Known step(Step step, Known before) {
    int found = rules.found();
    step.reads().forEach(slot -> rules.checkRead(step, slot, before));
    Grid grid = rules.found() == found ? grid(step, before) : Grid.UNKNOWN;
    grids.put(step, grid);
    Known after = before;
    for (Slot<?> slot : step.writes()) {
      rules.checkWrite(step, slot, before);
      if (!slot.equals(Case.CT)) {
        after =
            after.with(
                slot.name(), new Value(List.of(step), Set.of(slot.type()), grid, Optional.empty()));
      }
    }
    return after;
  }

  private Grid grid(Step step, Known before) {
    try {
      return step.stage().map(s -> s.grid(slot -> before.gridOf(slot.name()))).orElse(Grid.UNKNOWN);
    } catch (IllegalArgumentException e) {
      rules.add(step, "cannot work on these grids: " + e.getMessage());
      return Grid.UNKNOWN;
    }
  }

  private Known parallel(Part.Parallel parallel, Known before) {
    List<Known> ends = new ArrayList<>();
    Map<String, Step> written = new HashMap<>();
    for (Part branch : parallel.branches()) {
      Map<String, Step> own = new HashMap<>();
      branch.steps().forEach(step -> step.writes().forEach(s -> own.putIfAbsent(s.name(), step)));
      own.forEach(
          (slot, step) -> {
            Step other = written.putIfAbsent(slot, step);
            boolean replaced = step.replaces().stream().anyMatch(s -> s.name().equals(slot));
            if (other != null && (replaced || before.get(slot).isEmpty())) {
              rules.addTwice(step, slot, other, " in a branch beside it");
            }
          });
      ends.add(follow(branch, before));
    }
    rules.checkReplaced(parallel.branches());
    return before.andAllOf(ends);
  }

  private Known choice(Part.Choice choice, Known before) {
    for (Part.Choice.Alternative alternative : choice.alternatives()) {
      rules.checkCondition(alternative.condition(), alternative.location(), before);
    }
    List<Known> ends = new ArrayList<>();
    choice.parts().forEach(part -> ends.add(follow(part, before)));
    if (choice.otherwise().isEmpty()) {
      ends.add(before);
    }
    return Known.anyOf(ends, choice.location());
  }

  private Known loop(Part.Loop loop, Known before) {
    Set<String> again = new TreeSet<>();
    loop.steps().forEach(step -> step.writes().forEach(slot -> again.add(slot.name())));
    again.removeAll(before.names()); // what was written before is carried on from pass to pass
    forgotten.put(loop.written(), again);
    Known after = follow(loop.body(), before);
    Location place = loop.written().location();
    Optional<Condition> condition = loop.written().condition();
    condition.ifPresent(c -> rules.checkCondition(c, place, after));
    boolean always =
        condition.isEmpty()
            || condition.get().slots().stream().anyMatch(slot -> before.get(slot.name()).isEmpty());
    return always ? after : Known.anyOf(List.of(before, after), place);
  }

  private Known attempt(Part.Try attempt, Known before) {
    Set<String> undone = new TreeSet<>();
    attempt.body().steps().forEach(step -> step.writes().forEach(slot -> undone.add(slot.name())));
    attempt
        .body()
        .steps()
        .forEach(
            step ->
                step.replaces().stream()
                    .filter(slot -> before.get(slot.name()).isPresent())
                    .forEach(slot -> rules.addUndoable(step, slot)));
    forgotten.put(attempt.written(), undone);
    return Known.anyOf(
        List.of(follow(attempt.body(), before), follow(attempt.rescue(), before)),
        attempt.written().location());
  }
}
