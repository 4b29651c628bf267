package org.islet.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.islet.plan.Known.Value;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.stage.Case;
import org.islet.stage.Grid;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;

/** What may be done to a route's slots, and the sentences for what may not. */
final class SlotRules {

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, List<Step>> writers = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final boolean guesswork;

  /**
   * @param incomplete whether parts of the route are missing, which may have written anything
   */
  SlotRules(Part root, boolean incomplete) {
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
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** How many problems were found so far. */
  int found() {
    return problems.size();
  }

  void addUndoable(Step step, Slot<?> slot) {
    add(
        step,
        ("gives the slot '%s' a new value inside a doTry, which could not take it back; hand it on"
                + " behind the doTry.")
            .formatted(slot.name()));
  }

  void checkCondition(Condition condition, Location place, Known known) {
    condition.slots().forEach(slot -> checkRead("the condition", place, slot, known));
  }

  void checkRead(Step step, Slot<?> slot, Known before) {
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
    Set<Class<?>> types = found.get().types();
    for (Class<?> type : types) {
      if (!fits(slot.type(), type)) {
        add(
            place,
            "%s reads a %s from the slot '%s', which holds a %s%s."
                .formatted(
                    reader,
                    slot.type().getSimpleName(),
                    slot.name(),
                    type.getSimpleName(),
                    types.size() > 1 ? " on some ways" : ""));
      }
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

  void checkWrite(Step step, Slot<?> slot, Known before) {
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

  void addTwice(Step step, String slot, Step other, String where) {
    add(
        step.placeOf(slot),
        "the stage '%s' writes the slot '%s', which %s writes too%s; give it a name of its own."
            .formatted(step.name(), slot, other, where));
  }

  /** A branch may read what another replaces before or after that, as it happens. */
  void checkReplaced(List<Part> branches) {
    for (Part branch : branches) {
      List<Step> replacing = branch.steps().filter(s -> !s.replaces().isEmpty()).toList();
      if (!replacing.isEmpty()) {
        Set<String> read = new TreeSet<>();
        branches.stream().filter(other -> other != branch).forEach(other -> other.addReads(read));
        replacing.forEach(step -> checkReplaced(step, read));
      }
    }
  }

  private void checkReplaced(Step step, Set<String> read) {
    step.replaces().stream()
        .filter(slot -> read.contains(slot.name()))
        .forEach(slot -> addTornRead(step, slot));
  }

  private void addTornRead(Step step, Slot<?> slot) {
    add(
        step.placeOf(slot.name()),
        ("the stage '%s' gives the slot '%s' a new value, which a branch beside it reads; hand it on"
                + " behind the branches.")
            .formatted(step.name(), slot.name()));
  }

  /**
   * @param gridOf the grid on which what a step writes lies
   */
  void checkResult(Known end, Location route, Grid ct, Function<Step, Grid> gridOf) {
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
      checkResult(writer, gridOf.apply(writer), ct);
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

  /** The slots that nothing reads, each with the first step that writes it. */
  Map<String, Step> unused() {
    Map<String, Step> unused = new LinkedHashMap<>();
    Set<String> misread = misread();
    writers.forEach(
        (slot, steps) -> {
          boolean misspelt = Nearest.to(slot, misread).isPresent();
          if (!used.contains(slot) && !misspelt && !slot.equals(RoutePlan.RESULT.name())) {
            unused.put(slot, steps.get(0));
          }
        });
    return unused;
  }

  /** The slots that are read but that no step writes: what was meant is reported there. */
  private Set<String> misread() {
    Set<String> names = new TreeSet<>(used);
    names.removeAll(writers.keySet());
    names.remove(Case.CT.name());
    return names;
  }

  void add(Step step, String what) {
    add(step.location(), "the stage '%s' %s".formatted(step.name(), what));
  }

  private void add(Location place, String sentence) {
    problems.add(new Problem(place, sentence));
  }
}
