package org.islet.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import org.islet.stage.Nearest;
import org.islet.stage.Slot;

/**
 * Follows the slots along every way through a route, and finds what is wrong with how they are
 * written and read. Takes time in proportion to steps times slots.
 */
final class SlotFlow {

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, List<Step>> writers = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final Map<Step, Grid> grids = new HashMap<>();
  private final Map<RouteStep, Set<String>> forgotten = new HashMap<>();
  private final boolean guesswork;

  /**
   * @param route where it is written
   * @param ct the grid of the CT
   * @param incomplete whether parts of the route are missing, which may have written anything
   */
  SlotFlow(Part root, Location route, Grid ct, boolean incomplete) {
    root.steps()
        .forEach(
            step ->
                step.writes()
                    .forEach(
                        slot ->
                            writers
                                .computeIfAbsent(slot.name(), n -> new ArrayList<>())
                                .add(step)));
    guesswork =
        incomplete
            || root.steps().anyMatch(step -> step.stage().isEmpty() && step.writes().isEmpty());
    Value start = new Value(List.of(), Case.CT.type(), ct, Optional.empty());
    Known end = follow(root, new Known(Map.of(Case.CT.name(), start)));
    checkResult(end, route, ct);
    checkUse();
  }

  List<Problem> problems() {
    return List.copyOf(problems);
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
    int found = problems.size();
    step.reads().forEach(slot -> checkRead(step, slot, before));
    Grid grid = problems.size() == found ? grid(step, before) : Grid.UNKNOWN;
    grids.put(step, grid);
    Known after = before;
    for (Slot<?> slot : step.writes()) {
      checkWrite(step, slot, before);
      if (!slot.equals(Case.CT)) {
        after =
            after.with(slot.name(), new Value(List.of(step), slot.type(), grid, Optional.empty()));
      }
    }
    return after;
  }

  private Grid grid(Step step, Known before) {
    try {
      return step.stage().map(s -> s.grid(slot -> before.gridOf(slot.name()))).orElse(Grid.UNKNOWN);
    } catch (IllegalArgumentException e) {
      add(step, "cannot work on these grids: " + e.getMessage());
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
              addTwice(step, slot, other, " in a branch beside it");
            }
          });
      ends.add(follow(branch, before));
    }
    return before.andAllOf(ends);
  }

  private Known choice(Part.Choice choice, Known before) {
    for (Part.Choice.Alternative alternative : choice.alternatives()) {
      checkCondition(alternative.condition(), alternative.location(), before);
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
    loop.steps().forEach(step -> step.replaces().forEach(slot -> again.remove(slot.name())));
    forgotten.put(loop.written(), again);
    Known after = follow(loop.body(), before);
    Location place = loop.written().location();
    Optional<Condition> condition = loop.written().condition();
    condition.ifPresent(c -> checkCondition(c, place, after));
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
                    .forEach(slot -> addUndoable(step, slot)));
    forgotten.put(attempt.written(), undone);
    return Known.anyOf(
        List.of(follow(attempt.body(), before), follow(attempt.rescue(), before)),
        attempt.written().location());
  }

  private void addUndoable(Step step, Slot<?> slot) {
    add(
        step,
        ("gives the slot '%s' a new value inside a doTry, which could not take it back; hand it on"
                + " behind the doTry.")
            .formatted(slot.name()));
  }

  private void checkCondition(Condition condition, Location place, Known known) {
    condition.slots().forEach(slot -> checkRead("the condition", place, slot, known));
  }

  private void checkRead(Step step, Slot<?> slot, Known before) {
    checkRead("the stage '%s'".formatted(step.name()), step.placeOf(slot.name()), slot, before);
  }

  private void checkRead(String reader, Location place, Slot<?> slot, Known before) {
    used.add(slot.name());
    Optional<Value> found = before.get(slot.name());
    if (found.isEmpty()) {
      List<Step> later = writers.getOrDefault(slot.name(), List.of());
      if (later.isEmpty() && guesswork && Nearest.to(slot.name(), before.names()).isEmpty()) {
        return; // a step that could not be understood may have been meant to write it
      }
      add(
          place,
          "%s reads the slot '%s', which no step before it writes%s"
              .formatted(reader, slot.name(), later.isEmpty() ? among(slot, before) : late(later)));
      return;
    }
    found
        .get()
        .lost()
        .ifPresent(
            fork ->
                add(
                    place,
                    ("%s reads the slot '%s', which is not written on every way here: not where the"
                            + " ways part at %s. Write it on each of them.")
                        .formatted(reader, slot.name(), fork)));
    if (!fits(slot.type(), found.get().type())) {
      add(
          place,
          "%s reads a %s from the slot '%s', which holds a %s."
              .formatted(
                  reader,
                  slot.type().getSimpleName(),
                  slot.name(),
                  found.get().type().getSimpleName()));
    }
  }

  private static boolean fits(Class<?> wanted, Class<?> found) {
    return found == Object.class || wanted.isAssignableFrom(found);
  }

  private static String among(Slot<?> slot, Known before) {
    return Nearest.hint(slot.name(), before.names())
        + " Written by then: %s.".formatted(String.join(", ", before.names()));
  }

  private static String late(List<Step> writers) {
    return "; %s does, but not before it.".formatted(writers.get(0));
  }

  private void checkWrite(Step step, Slot<?> slot, Known before) {
    if (slot.name().equals(Case.CT.name())) {
      add(
          step.placeOf(slot.name()),
          "the stage '%s' writes the slot 'ct', which holds the CT; give its output another name."
              .formatted(step.name()));
      return;
    }
    Optional<Value> former = before.get(slot.name());
    if (step.replaces().contains(slot)) {
      used.add(slot.name());
      checkRead("the stage '%s'".formatted(step.name()), step.placeOf(slot.name()), slot, before);
    } else if (former.isPresent()) {
      addTwice(step, slot.name(), former.get().writers().get(0), "");
    }
  }

  private void addTwice(Step step, String slot, Step other, String where) {
    add(
        step.placeOf(slot),
        "the stage '%s' writes the slot '%s', which %s writes too%s; give it a name of its own."
            .formatted(step.name(), slot, other, where));
  }

  private void checkResult(Known end, Location route, Grid ct) {
    String result = RoutePlan.RESULT.name();
    Optional<Value> value = end.get(result);
    if (value.isEmpty()) {
      Set<String> written = new TreeSet<>(writers.keySet());
      if (!guesswork) {
        add(
            route,
            "no step writes the slot '%s', which is the route's result%s It writes: %s."
                .formatted(
                    result,
                    Nearest.hint(result, written),
                    written.isEmpty() ? "nothing" : String.join(", ", written)));
      }
      return;
    }
    value
        .get()
        .lost()
        .ifPresent(
            fork ->
                add(
                    fork,
                    ("the ways part here, and not all of them write the slot '%s', which is the"
                            + " route's result. Write it on each of them.")
                        .formatted(result)));
    for (Step writer : value.get().writers()) {
      checkResult(writer, end.gridOf(result), ct);
    }
  }

  private void checkResult(Step writer, Grid grid, Grid ct) {
    Slot<?> slot =
        writer.writes().stream()
            .filter(s -> s.name().equals(RoutePlan.RESULT.name()))
            .findFirst()
            .orElseThrow();
    if (!fits(RoutePlan.RESULT.type(), slot.type())) {
      add(
          writer.placeOf(slot.name()),
          "the stage '%s' writes a %s to the slot '%s', which is the route's result and must be a Mask."
              .formatted(writer.name(), slot.type().getSimpleName(), slot.name()));
    } else if (!grid.matches(ct)) {
      add(
          writer.placeOf(slot.name()),
          ("the stage '%s' writes the route's result '%s' on the grid of %s; it must be on that of the"
                  + " CT. Bring it back first, as by upsample, paste or resample-mask.")
              .formatted(writer.name(), slot.name(), grid));
    }
  }

  private void checkUse() {
    writers.forEach(
        (slot, steps) -> {
          boolean misspelt = Nearest.to(slot, misread()).isPresent();
          if (!used.contains(slot) && !misspelt && !slot.equals(RoutePlan.RESULT.name())) {
            Step step = steps.get(0);
            add(
                step.placeOf(slot),
                "the stage '%s' writes the slot '%s', which nothing reads. Use it, or leave the step out."
                    .formatted(step.name(), slot));
          }
        });
  }

  /** The slots that are read but that no step writes: what was meant is reported there. */
  private Set<String> misread() {
    Set<String> names = new TreeSet<>(used);
    names.removeAll(writers.keySet());
    names.remove(Case.CT.name());
    return names;
  }

  private void add(Step step, String what) {
    add(step.location(), "the stage '%s' %s".formatted(step.name(), what));
  }

  private void add(Location place, String sentence) {
    problems.add(new Problem(place, sentence));
  }
}
