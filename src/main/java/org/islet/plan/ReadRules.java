package org.islet.plan;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.islet.plan.Known.Lost;
import org.islet.plan.Known.Value;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;

/** What is read must have been written before, on every way and with the type that is wanted. */
final class ReadRules {

  private final SlotUse use;
  private final Set<String> mentioned;
  private final Problems problems;

  /**
   * @param mentioned slots that steps mention which cannot be read
   */
  ReadRules(SlotUse use, Set<String> mentioned, Problems problems) {
    this.use = use;
    this.mentioned = mentioned;
    this.problems = problems;
  }

  /**
   * @param inLoop whether there is a loop whose passes can be counted
   */
  void check(Condition condition, Location place, Known known, boolean inLoop) {
    for (Slot<?> slot : condition.slots()) {
      check(slot, known, s -> problems.add(place, "the condition reads " + s));
    }
    if (condition.countsPasses() && !inLoop) {
      problems.add(place, "the condition counts passes, but there is no loop around it.");
    }
  }

  void check(Step step, Slot<?> slot, Known before) {
    check(slot, before, s -> add(step, slot, "the stage '%s' reads ".formatted(step.name()) + s));
  }

  /**
   * A slot that gets another value must have been written before. The former value is of use only
   * if something reads the slot.
   */
  void checkReplaced(Step step, Slot<?> slot, Known before) {
    Consumer<String> wrong =
        s -> add(step, slot, "the stage '%s' gives a new value to ".formatted(step.name()) + s);
    if (use.isRead(slot.name()) || before.get(slot.name()).isEmpty()) {
      check(slot, before, wrong);
      use.add(slot.name(), List.of(step));
    } else {
      findWrong(slot, before, wrong);
    }
  }

  private void add(Step step, Slot<?> slot, String sentence) {
    problems.add(step, step.placeOf(slot.name()), sentence);
  }

  /**
   * @param wrong takes the end of a sentence that begins with who reads the slot
   */
  private void check(Slot<?> slot, Known before, Consumer<String> wrong) {
    before.get(slot.name()).ifPresent(value -> use.add(slot.name(), value.writers()));
    findWrong(slot, before, wrong);
  }

  private void findWrong(Slot<?> slot, Known before, Consumer<String> wrong) {
    if (problems.areEnough() || mentioned.contains(slot.name())) {
      return;
    }
    before
        .get(slot.name())
        .ifPresentOrElse(
            value -> {
              value.lost().ifPresent(lost -> wrong.accept(lost(slot, lost)));
              findWrongType(slot, value, before, wrong);
            },
            () ->
                wrong.accept(
                    "the slot '%s', which %s".formatted(slot.name(), unwritten(slot, before))));
  }

  private static String lost(Slot<?> slot, Lost lost) {
    return ("the slot '%s', which is not written on every way here: not %s. Write it on each of"
            + " them.")
        .formatted(slot.name(), lost.where());
  }

  private static void findWrongType(
      Slot<?> slot, Value value, Known before, Consumer<String> wrong) {
    for (Class<?> type : value.types()) {
      if (!SlotType.fits(slot.type(), type)) {
        wrong.accept(
            "%s from the slot '%s', which holds %s%s.%s"
                .formatted(
                    SlotType.noun(slot.type()),
                    slot.name(),
                    SlotType.noun(type),
                    value.types().size() > 1 ? " on some ways" : "",
                    ofType(slot.type(), before)));
      }
    }
  }

  private static String ofType(Class<?> type, Known before) {
    List<String> right = before.namesOf(type);
    return right.isEmpty() ? "" : " " + Nearest.listed("Of that type", right);
  }

  /** The rest of a sentence about a slot that is read where nothing has written it. */
  private String unwritten(Slot<?> slot, Known before) {
    List<Step> later =
        use.writers(slot.name()).stream()
            .filter(writer -> !writer.replaces().contains(slot))
            .toList();
    String wrong = before.gap() ? " Perhaps a step that is wrong itself was meant to." : "";
    if (!later.isEmpty()) {
      use.add(slot.name(), later);
      return "no step before it writes; %s does, but not before it.%s"
          .formatted(later.get(0), wrong);
    }
    return "no step before it writes" + among(slot.name(), before.names()) + wrong;
  }

  private String among(String name, Set<String> written) {
    Nearest.surely(name, written)
        .filter(near -> !letters(near).equals(letters(name))) // of two numbers none is a slip
        .ifPresent(use::addHinted);
    return Nearest.among(name, "Written by then", written);
  }

  private static String letters(String name) {
    return name.replaceAll("[0-9]", "");
  }
}
