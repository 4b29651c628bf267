package org.islet.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.islet.plan.Known.Value;
import org.islet.plan.RoutePlan.Output;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.stage.Case;
import org.islet.stage.Grid;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;
import org.islet.volume.Scores;

/** What may be done to a route's slots, and the sentences for what may not. */
final class SlotRules {

  /** Nobody reads more of one route, and to find what may have been meant takes time. */
  private static final int MOST_PROBLEMS = 300;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, List<Step>> writers = new LinkedHashMap<>();
  private final Set<String> mentioned;
  private final Set<String> read = new HashSet<>();
  private final Set<Output> used = new HashSet<>();
  private final Set<String> hinted = new HashSet<>();

  /**
   * @param mentioned slots that steps mention which cannot be read
   */
  SlotRules(Part root, Set<String> mentioned) {
    this.mentioned = mentioned;
    root.addReads(read);
    root.steps()
        .forEach(
            step ->
                step.writes()
                    .forEach(
                        slot ->
                            writers
                                .computeIfAbsent(slot.name(), n -> new ArrayList<>())
                                .add(step)));
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** What something reads, of all that the steps write. */
  Set<Output> used() {
    return used;
  }

  /** The slots that were named as what somebody who misspelt another may have meant. */
  Set<String> hinted() {
    return hinted;
  }

  void addUndoable(Step step, Slot<?> slot) {
    add(
        step,
        step.location(),
        ("the stage '%s' gives the slot '%s' a new value inside a doTry, which could not take it back;"
                + " hand it on behind the doTry.")
            .formatted(step.name(), slot.name()));
  }

  /**
   * @param always whether that is so on every way to the step
   */
  void addMisfit(Step step, String refusal, boolean always) {
    add(
        step,
        step.location(),
        "the stage '%s' cannot work on what it reads%s: %s"
            .formatted(step.name(), always ? "" : " on one of the ways here", refusal));
  }

  /**
   * @param inLoop whether there is a loop whose passes can be counted
   */
  void checkCondition(Condition condition, Location place, Known known, boolean inLoop) {
    condition
        .slots()
        .forEach(slot -> checkRead(slot, known, s -> add(place, "the condition reads " + s)));
    if (condition.countsPasses() && !inLoop) {
      add(place, "the condition counts passes, but there is no loop around it.");
    }
  }

  void checkRead(Step step, Slot<?> slot, Known before) {
    checkRead(
        slot,
        before,
        s ->
            add(
                step,
                step.placeOf(slot.name()),
                "the stage '%s' reads %s".formatted(step.name(), s)));
  }

  /** Whether a slot is written with the type that is wanted, on every way on which it is. */
  static boolean holds(Slot<?> slot, Known before) {
    return before
        .get(slot.name())
        .filter(value -> value.types().stream().allMatch(type -> fits(slot.type(), type)))
        .isPresent();
  }

  private void checkRead(Slot<?> slot, Known before, Consumer<String> wrong) {
    Optional<Value> found = before.get(slot.name());
    found.ifPresent(value -> use(slot.name(), value.writers()));
    if (problems.size() >= MOST_PROBLEMS || mentioned.contains(slot.name())) {
      return;
    }
    if (found.isEmpty()) {
      wrong.accept("the slot '%s', which %s".formatted(slot.name(), unwritten(slot, before)));
      return;
    }
    found
        .get()
        .lost()
        .ifPresent(
            lost ->
                wrong.accept(
                    ("the slot '%s', which is not written on every way here: not %s. Write it on each of"
                            + " them.")
                        .formatted(slot.name(), lost.where())));
    Set<Class<?>> types = found.get().types();
    for (Class<?> type : types) {
      if (!fits(slot.type(), type)) {
        wrong.accept(
            "%s from the slot '%s', which holds %s%s.%s"
                .formatted(
                    noun(slot.type()),
                    slot.name(),
                    noun(type),
                    types.size() > 1 ? " on some ways" : "",
                    ofType(slot.type(), before)));
      }
    }
  }

  private static boolean fits(Class<?> wanted, Class<?> found) {
    return found == Object.class || wanted.isAssignableFrom(found);
  }

  private static String noun(Class<?> type) {
    if (type == Double.class) {
      return "a number";
    } else if (type == Boolean.class) {
      return "yes or no";
    }
    return (type == Scores.class ? "" : "a ") + type.getSimpleName();
  }

  private static String ofType(Class<?> type, Known before) {
    List<String> right = before.namesOf(type);
    return right.isEmpty() ? "" : " " + Nearest.listed("Of that type", right);
  }

  /** The rest of a sentence about a slot that is read where nothing has written it. */
  private String unwritten(Slot<?> slot, Known before) {
    List<Step> later =
        writers.getOrDefault(slot.name(), List.of()).stream()
            .filter(writer -> !writer.replaces().contains(slot))
            .toList();
    String wrong = before.gap() ? " Perhaps a step that is wrong itself was meant to." : "";
    if (!later.isEmpty()) {
      use(slot.name(), later);
      return "no step before it writes; %s does, but not before it.%s"
          .formatted(later.get(0), wrong);
    }
    return "no step before it writes" + among(slot.name(), before.names()) + wrong;
  }

  private String among(String name, Set<String> written) {
    Nearest.surely(name, written)
        .filter(near -> !letters(near).equals(letters(name))) // of two numbers none is a slip
        .ifPresent(hinted::add);
    return Nearest.among(name, "Written by then", written);
  }

  private static String letters(String name) {
    return name.replaceAll("[0-9]", "");
  }

  void checkWrite(Step step, Slot<?> slot, Known before) {
    if (slot.name().equals(Case.CT.name())) {
      add(
          step,
          step.placeOf(slot.name()),
          "the stage '%s' writes the slot 'ct', which holds the CT; give its output another name."
              .formatted(step.name()));
      return;
    }
    Optional<Value> former = before.get(slot.name());
    if (step.replaces().contains(slot)) {
      checkReplace(step, slot, before);
    } else if (former.isPresent()) {
      addTwice(step, slot.name(), former.get().writers().get(0), "");
    }
  }

  /** A slot that gets another value must have been written before; something has to read either. */
  private void checkReplace(Step step, Slot<?> slot, Known before) {
    Set<Output> known = Set.copyOf(used);
    checkRead(slot, before, s -> add(step, step.placeOf(slot.name()), replaces(step) + s));
    if (read.contains(slot.name()) || before.get(slot.name()).isEmpty()) {
      use(slot.name(), List.of(step));
    } else {
      used.retainAll(known);
    }
  }

  private static String replaces(Step step) {
    return "the stage '%s' gives a new value to ".formatted(step.name());
  }

  void addTwice(Step step, String slot, Step other, String where) {
    use(slot, writers.getOrDefault(slot, List.of())); // whatever reads it may mean any of them
    Optional<Location> second = secondCall(step, other);
    if (step.written().equals(other.written()) && second.isPresent()) {
      add(
          second.get(),
          ("%s is run a second time by this call%s, and would write the slot '%s' again; call its route"
                  + " once.")
              .formatted(step, where, slot));
    } else {
      add(
          step,
          step.placeOf(slot),
          "the stage '%s' writes the slot '%s', which %s writes too%s; give it a name of its own."
              .formatted(step.name(), slot, other, where));
    }
  }

  /** The call by which the way to a step differs from that to another. */
  private static Optional<Location> secondCall(Step step, Step other) {
    for (int i = 0; i < step.calls().size(); i++) {
      Location call = step.calls().get(i);
      if (i >= other.calls().size() || !call.equals(other.calls().get(i))) {
        return Optional.of(call);
      }
    }
    return Optional.empty();
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
        step,
        step.placeOf(slot.name()),
        ("the stage '%s' gives the slot '%s' a new value, which a branch beside it reads; hand it on"
                + " behind the branches.")
            .formatted(step.name(), slot.name()));
  }

  private void use(String slot, List<Step> writers) {
    writers.forEach(writer -> used.add(new Output(writer.written(), slot)));
  }

  /**
   * Checks that the result is written, and is what a result has to be.
   *
   * @param gridsOf the grids on which what a step writes may lie
   */
  void checkResult(Known end, Location route, Grid ct, Function<Step, Set<Grid>> gridsOf) {
    String result = RoutePlan.RESULT.name();
    Optional<Value> value = end.get(result);
    if (value.isEmpty()) {
      Set<String> written = new TreeSet<>(writers.keySet());
      if (!end.gap()) {
        Nearest.to(result, written).ifPresent(hinted::add);
        add(
            route,
            "no step writes the slot '%s', which is the route's result%s"
                .formatted(result, Nearest.among(result, "Written", written)));
      }
      return;
    }
    use(result, value.get().writers());
    value
        .get()
        .lost()
        .ifPresent(
            lost ->
                add(
                    lost.fork(),
                    ("the ways part here, and not all of them write the slot '%s', which is the route's"
                            + " result: not %s. Write it on each of them.")
                        .formatted(result, lost.where())));
    for (Step writer : value.get().writers()) {
      checkResult(writer, gridsOf.apply(writer), ct);
    }
  }

  private void checkResult(Step writer, Set<Grid> grids, Grid ct) {
    Slot<?> slot =
        writer.writes().stream()
            .filter(s -> s.name().equals(RoutePlan.RESULT.name()))
            .findFirst()
            .orElseThrow();
    Location place = writer.placeOf(slot.name());
    if (!fits(RoutePlan.RESULT.type(), slot.type())) {
      add(
          writer,
          place,
          "the stage '%s' writes %s to the slot '%s', which is the route's result and must be a Mask."
              .formatted(writer.name(), noun(slot.type()), slot.name()));
      return;
    }
    grids.stream()
        .filter(grid -> !grid.matches(ct))
        .findFirst()
        .ifPresent(
            grid ->
                add(
                    writer,
                    place,
                    ("the stage '%s' writes the route's result '%s' on the grid of %s; it must be on that"
                            + " of the CT. Bring it back first, as by upsample, paste or resample-mask.")
                        .formatted(writer.name(), slot.name(), grid)));
  }

  /** Says where the route that a step is written in is called, if it is not the whole route. */
  private void add(Step step, Location place, String sentence) {
    List<Location> calls = step.calls();
    String called =
        calls.isEmpty()
            ? ""
            : " The step is part of the call at %s.".formatted(calls.get(calls.size() - 1));
    add(place, sentence + called);
  }

  private void add(Location place, String sentence) {
    problems.add(new Problem(place, sentence));
  }
}
