package org.islet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.islet.stage.Case;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;

/** The checks on what the steps of a plan read and write. */
final class SlotChecks {

  private final RoutePlan plan;
  private final Map<String, List<Step>> writers = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  SlotChecks(RoutePlan plan) {
    this.plan = plan;
    List<Step> order = plan.order();
    for (Step step : order) {
      for (Slot<?> slot : step.writes()) {
        writers.computeIfAbsent(slot.name(), name -> new ArrayList<>()).add(step);
      }
    }
    for (Step step : order) {
      Set<Step> before = plan.before(step);
      step.reads().forEach(slot -> checkRead(step, slot, before));
      step.writes().forEach(slot -> checkWrite(step, slot));
    }
    checkResult();
  }

  /** What is wrong, in the order of the steps, and at last what is wrong with the result. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private void checkRead(Step step, Slot<?> slot, Set<Step> before) {
    if (isCt(slot)) {
      checkType(step, slot, Case.CT);
      return;
    }
    List<Step> all = writers.getOrDefault(slot.name(), List.of());
    List<Step> earlier = all.stream().filter(before::contains).toList();
    if (earlier.isEmpty()) {
      add(
          step,
          "reads the slot '%s', which no step before it writes%s"
              .formatted(slot.name(), all.isEmpty() ? known(slot, before) : late(all)));
    }
    earlier.forEach(writer -> checkType(step, slot, written(writer, slot.name())));
  }

  private static String known(Slot<?> slot, Set<Step> before) {
    Set<String> names = new TreeSet<>(Set.of(Case.CT.name()));
    before.forEach(step -> step.writes().forEach(written -> names.add(written.name())));
    return Nearest.hint(slot.name(), names)
        + " Written by then: %s.".formatted(String.join(", ", names));
  }

  private static String late(List<Step> writers) {
    Step writer = writers.get(0);
    return "; the stage '%s' (%s) does, but not before it."
        .formatted(writer.stage(), writer.location());
  }

  private void checkType(Step step, Slot<?> wanted, Slot<?> found) {
    if (!wanted.type().isAssignableFrom(found.type())) {
      add(
          step,
          "reads a %s from the slot '%s', which holds a %s."
              .formatted(
                  wanted.type().getSimpleName(), wanted.name(), found.type().getSimpleName()));
    }
  }

  private void checkWrite(Step step, Slot<?> slot) {
    if (isCt(slot)) {
      add(step, "writes the slot 'ct', which holds the CT; give its output another name.");
      return;
    }
    writers.get(slot.name()).stream()
        .takeWhile(other -> other != step)
        .filter(other -> !other.excludes(step))
        .findFirst()
        .ifPresent(
            other ->
                add(
                    step,
                    ("writes the slot '%s', which the stage '%s' (%s) writes too;"
                            + " give it a name of its own.")
                        .formatted(slot.name(), other.stage(), other.location())));
  }

  private void checkResult() {
    String result = RoutePlan.RESULT.name();
    List<Step> all = writers.getOrDefault(result, List.of());
    if (all.isEmpty()) {
      problems.add(
          new Problem(
              plan.location(),
              "no step writes the slot '%s', which is the route's result%s It writes: %s."
                  .formatted(
                      result,
                      Nearest.hint(result, writers.keySet()),
                      writers.isEmpty() ? "nothing" : String.join(", ", writers.keySet()))));
    }
    for (Step step : all) {
      Slot<?> slot = written(step, result);
      if (!RoutePlan.RESULT.type().isAssignableFrom(slot.type())) {
        add(
            step,
            "writes a %s to the slot '%s', which is the route's result and must be a Mask."
                .formatted(slot.type().getSimpleName(), result));
      }
    }
  }

  private void add(Step step, String what) {
    problems.add(new Problem(step.location(), "the stage '%s' %s".formatted(step.stage(), what)));
  }

  private static boolean isCt(Slot<?> slot) {
    return slot.name().equals(Case.CT.name());
  }

  private static Slot<?> written(Step step, String name) {
    return step.writes().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
