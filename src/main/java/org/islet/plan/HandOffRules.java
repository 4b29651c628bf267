package org.islet.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.islet.route.Location;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.volume.Box;

/**
 * A case is handed over between the steps of the route that cases are sent to, where nothing else
 * is under way, and with slots that can travel.
 */
final class HandOffRules {

  private final List<Part> steps;
  private final Problems problems;

  /**
   * @param root the whole route
   */
  HandOffRules(Part root, Problems problems) {
    this.steps = root.parts();
    this.problems = problems;
  }

  void check(Part.HandOff handOff, Known before) {
    Location place = handOff.written().location();
    int at = steps.indexOf(handOff);
    if (at < 0) {
      problems.add(
          place,
          "a case can be handed over only between the steps of the route that cases are sent to, not inside another step or a route that is called.");
      return;
    }
    for (String slot : needed(steps.subList(at + 1, steps.size()), before)) {
      before
          .get(slot)
          .filter(value -> !value.types().stream().allMatch(Case::canTravel))
          .ifPresent(
              value ->
                  problems.add(
                      place,
                      "the slot '%s' is read after the case was handed over, but holds %s, which cannot be handed over; move the step that writes it, or this one."
                          .formatted(slot, SlotType.noun(value.types().iterator().next()))));
    }
  }

  /**
   * The slots that were written before the rest of a route, and that it reads or that a result
   * tells of.
   */
  static Set<String> needed(List<Part> rest, Known before) {
    Set<String> read = new HashSet<>(Set.of(RoutePlan.RESULT.name(), Case.CT.name()));
    rest.forEach(part -> part.addReads(read));
    Set<String> needed = new HashSet<>();
    for (String slot : before.names()) {
      if (read.contains(slot)
          || before.namesOf(Box.class).contains(slot)
          || isReplaced(rest, slot)) {
        needed.add(slot);
      }
    }
    return needed;
  }

  private static boolean isReplaced(List<Part> rest, String slot) {
    return rest.stream()
        .flatMap(Part::steps)
        .flatMap(step -> step.replaces().stream())
        .map(Slot::name)
        .anyMatch(slot::equals);
  }
}
