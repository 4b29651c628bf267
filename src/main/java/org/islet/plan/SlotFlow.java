package org.islet.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.islet.plan.Known.Value;
import org.islet.plan.Known.Way;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.route.RouteStep;
import org.islet.stage.Case;
import org.islet.stage.Grid;
import org.islet.stage.Slot;
import org.islet.volume.Geometry;

/**
 * Follows the slots along every way through a route, with the rules for writing and reading them.
 * Takes time in proportion to steps times slots.
 */
final class SlotFlow {

  private final Problems problems = new Problems();
  private final SlotUse use;
  private final ReadRules reads;
  private final WriteRules writes;
  private final Map<Step, Set<Grid>> grids = new HashMap<>();
  private final Map<RouteStep, Set<String>> forgotten = new HashMap<>();
  private final Map<Part.HandOff, Known> handOffs = new LinkedHashMap<>();
  private int loops;

  /**
   * @param route where it is written
   * @param ct the grid of the CT
   * @param entry whether the route has to leave a result
   * @param mentioned slots that steps mention which cannot be read
   */
  SlotFlow(Part root, Location route, Grid ct, boolean entry, Set<String> mentioned) {
    use = new SlotUse(root);
    reads = new ReadRules(use, mentioned, problems);
    writes = new WriteRules(use, reads, problems);
    Known end = follow(root, Known.start(ct));
    HandOffRules handing = new HandOffRules(root, problems);
    handOffs.forEach(handing::check);
    if (entry) {
      new ResultRules(use, problems)
          .check(end, route, ct, step -> grids.getOrDefault(step, Set.of()));
    }
  }

  List<Problem> problems() {
    return problems.all();
  }

  /** What something reads, of all that the steps write. */
  Set<RoutePlan.Output> used() {
    return use.used();
  }

  /** The slots that were named as what somebody who misspelt another may have meant. */
  Set<String> hinted() {
    return use.hinted();
  }

  /** The grid on which what a step writes lies; the largest, where that depends on the way. */
  Grid gridOf(Step step) {
    return grids.getOrDefault(step, Set.of()).stream()
        .reduce((a, b) -> voxels(b) > voxels(a) ? b : a)
        .orElse(Grid.UNKNOWN);
  }

  private static long voxels(Grid grid) {
    return grid.geometry().map(Geometry::size).map(size -> (long) size.count()).orElse(0L);
  }

  /** What a loop forgets at the start of each pass, and a doTry where a stage in it has failed. */
  Map<RouteStep, Set<String>> forgotten() {
    return forgotten;
  }

  /** What is known where the case is handed over. */
  Map<Part.HandOff, Known> handOffs() {
    return handOffs;
  }

  private Known follow(Part part, Known before) {
    if (part instanceof Step step) {
      return step(step, before);
    } else if (part instanceof Part.Series series) {
      Known known = series.isUnknown() ? before.behindGap() : before;
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
    } else if (part instanceof Part.HandOff handOff) {
      handOffs.put(handOff, before);
      return before;
    }
    return attempt((Part.Try) part, before);
  }

  private Known step(Step step, Known before) {
    step.reads().forEach(slot -> reads.check(step, slot, before));
    Known after = step.isRiddle() ? before.behindGap() : before;
    for (Slot<?> slot : step.writes()) {
      writes.check(step, slot, before);
      if (!slot.name().equals(Case.CT.name())) {
        Value value = new Value(List.of(step), Set.of(slot.type()), Optional.empty());
        after = after.with(slot.name(), value);
      }
    }
    return after.on(grids(step, before));
  }

  /** Where the slots lie behind a step, on each way. */
  private Set<Map<String, Grid>> grids(Step step, Known before) {
    Set<Map<String, Grid>> after = new LinkedHashSet<>();
    List<String> refusals = new ArrayList<>();
    for (Map<String, Grid> way : before.grids()) {
      Grid grid = grid(step, way, before, refusals);
      grids.computeIfAbsent(step, s -> new LinkedHashSet<>()).add(grid);
      Map<String, Grid> written = new HashMap<>(way);
      step.writes().stream()
          .map(Slot::name)
          .filter(slot -> !slot.equals(Case.CT.name()))
          .forEach(slot -> written.put(slot, grid));
      after.add(Map.copyOf(written));
    }
    if (!refusals.isEmpty() && !step.isGuess()) {
      boolean always = refusals.size() == before.grids().size();
      addMisfit(step, refusals.get(0), always);
    }
    return after;
  }

  /**
   * @param always whether that is so on every way to the step
   */
  private void addMisfit(Step step, String refusal, boolean always) {
    problems.add(
        step,
        step.location(),
        "the stage '%s' cannot work on what it reads%s: %s"
            .formatted(step.name(), always ? "" : " on one of the ways here", refusal));
  }

  private static Grid grid(
      Step step, Map<String, Grid> way, Known before, Collection<String> refusals) {
    try {
      return step.grid(
          slot -> before.holds(slot) ? way.getOrDefault(slot.name(), Grid.UNKNOWN) : Grid.UNKNOWN);
    } catch (IllegalArgumentException e) {
      refusals.add(e.getMessage());
      return Grid.UNKNOWN;
    }
  }

  private Known parallel(Part.Parallel parallel, Known before) {
    List<Known> ends = new ArrayList<>();
    Map<String, Step> written = new HashMap<>();
    Known start = before;
    for (Part branch : parallel.branches()) {
      Map<String, Step> own = new HashMap<>();
      branch.steps().forEach(step -> step.writes().forEach(s -> own.putIfAbsent(s.name(), step)));
      own.forEach(
          (slot, step) -> {
            Step other = written.putIfAbsent(slot, step);
            boolean replaced = step.replaces().stream().anyMatch(s -> s.name().equals(slot));
            if (other != null && (replaced || before.get(slot).isEmpty())) {
              writes.addTwice(step, slot, other, " in a branch beside it");
            }
          });
      Known end = follow(branch, start);
      ends.add(end);
      start = before.on(end.grids());
    }
    writes.checkBranches(parallel.branches());
    return before.andAllOf(ends);
  }

  private Known choice(Part.Choice choice, Known before) {
    List<Way> ways = new ArrayList<>();
    for (Part.Choice.Alternative alternative : choice.alternatives()) {
      check(alternative.condition(), alternative.asked(), before);
      ways.add(new Way(startingAt(alternative.location()), follow(alternative.part(), before)));
    }
    choice
        .otherwise()
        .ifPresent(part -> ways.add(new Way("on the way of 'otherwise'", follow(part, before))));
    if (choice.otherwise().isEmpty()) {
      ways.add(new Way("where no condition holds at " + choice.location(), before));
    }
    return Known.anyOf(choice.location(), ways);
  }

  private static String startingAt(Location way) {
    return "on the way that begins at " + way;
  }

  private void check(Condition condition, Location place, Known known) {
    reads.check(condition, place, known, loops > 0);
  }

  private Known loop(Part.Loop loop, Known before) {
    Set<String> again = new TreeSet<>();
    loop.steps().forEach(step -> step.writes().forEach(slot -> again.add(slot.name())));
    again.removeAll(before.names()); // what was written before is carried on from pass to pass
    forgotten.put(loop.written(), again);
    loops++;
    Known after = follow(loop.body(), before);
    Location place = loop.written().location();
    Optional<Condition> condition = loop.written().condition();
    condition.ifPresent(c -> check(c, loop.written().asked(), after));
    loops--;
    boolean always =
        condition.isEmpty()
            || condition.get().slots().stream().anyMatch(slot -> before.get(slot.name()).isEmpty());
    return always
        ? after
        : Known.anyOf(
            place,
            List.of(
                new Way("where the loop at " + place + " has no pass", before),
                new Way("in the loop at " + place, after)));
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
                    .forEach(slot -> writes.addUndoable(step, slot)));
    forgotten.put(attempt.written(), undone);
    Location place = attempt.written().location();
    return Known.anyOf(
        place,
        List.of(
            new Way(startingAt(place), follow(attempt.body(), before)),
            new Way("in the doCatch of " + place, follow(attempt.rescue(), before))));
  }
}
