package org.islet.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.islet.plan.Known.Value;
import org.islet.route.Location;
import org.islet.stage.Case;
import org.islet.stage.Slot;

/** A slot is written once, and gets another value only where nothing else could see both. */
final class WriteRules {

  private final SlotUse use;
  private final ReadRules reads;
  private final Problems problems;

  WriteRules(SlotUse use, ReadRules reads, Problems problems) {
    this.use = use;
    this.reads = reads;
    this.problems = problems;
  }

  void check(Step step, Slot<?> slot, Known before) {
    Optional<Value> former = before.get(slot.name());
    if (slot.name().equals(Case.CT.name())) {
      add(
          step,
          slot.name(),
          "the stage '%s' writes the slot 'ct', which holds the CT; give its output another name."
              .formatted(step.name()));
    } else if (step.replaces().contains(slot)) {
      reads.checkReplaced(step, slot, before);
    } else if (former.isPresent()) {
      addTwice(step, slot.name(), former.get().writers().get(0), "");
    }
  }

  void addUndoable(Step step, Slot<?> slot) {
    problems.add(
        step,
        step.location(),
        ("the stage '%s' gives the slot '%s' a new value inside a doTry, which could not take it back;"
                + " hand it on behind the doTry.")
            .formatted(step.name(), slot.name()));
  }

  void addTwice(Step step, String slot, Step other, String where) {
    use.add(slot, use.writers(slot)); // whatever reads it may mean any of them
    Optional<Location> second = secondCall(step, other);
    if (step.written().equals(other.written()) && second.isPresent()) {
      problems.add(
          second.get(),
          ("%s is run a second time by this call%s, and would write the slot '%s' again; call its route"
                  + " once.")
              .formatted(step, where, slot));
    } else {
      add(
          step,
          slot,
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
  void checkBranches(List<Part> branches) {
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
        .map(Slot::name)
        .filter(read::contains)
        .forEach(slot -> addTornRead(step, slot));
  }

  private void addTornRead(Step step, String slot) {
    add(
        step,
        slot,
        ("the stage '%s' gives the slot '%s' a new value, which a branch beside it reads; hand it on"
                + " behind the branches.")
            .formatted(step.name(), slot));
  }

  private void add(Step step, String slot, String sentence) {
    problems.add(step, step.placeOf(slot), sentence);
  }
}
