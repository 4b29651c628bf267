package org.islet.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.route.Condition;
import org.islet.stage.Case;

/** When a slot's memory can be let go: nothing of the route reads the slot after that. */
public final class LastUse {

  private final RoutePlan plan;

  public LastUse(RoutePlan plan) {
    this.plan = plan;
  }

  /**
   * The smallest part of the route at whose end a slot is not needed any more. If it lies in a loop
   * whose passes each write the slot anew, that is so at its end in each pass.
   *
   * @return nothing for the route's result, which is kept, and for a slot that the route does not
   *     name
   */
  public Optional<Part> of(String slot) {
    boolean kept = slot.equals(RoutePlan.RESULT.name());
    return kept || !uses(plan.root(), slot) ? Optional.empty() : Optional.of(in(plan.root(), slot));
  }

  /**
   * @param part in which the last use is, apart from later passes of loops around it in which the
   *     slot is written anew
   */
  private Part in(Part part, String slot) {
    if (part instanceof Part.Series series) {
      return in(last(using(series.parts(), slot)), slot);
    } else if (part instanceof Part.Parallel parallel) {
      List<Part> using = using(parallel.branches(), slot);
      return using.size() == 1 ? in(using.get(0), slot) : parallel;
    } else if (part instanceof Part.Choice choice) {
      return inWay(choice, choice.parts(), slot);
    } else if (part instanceof Part.Try attempt) {
      return inWay(attempt, List.of(attempt.body(), attempt.rescue()), slot);
    } else if (part instanceof Part.Loop loop) {
      boolean ofEachPass = plan.forgotten().get(loop.written()).contains(slot);
      return ofEachPass && !testedIn(loop, slot) ? in(loop.body(), slot) : loop;
    }
    return part;
  }

  /** In one of several ways only if the slot is of that way: where it is not taken, it is empty. */
  private Part inWay(Part whole, List<Part> ways, String slot) {
    List<Part> using = using(ways, slot);
    return using.size() == 1 && isBornIn(using.get(0), slot) && !testedIn(whole, slot)
        ? in(using.get(0), slot)
        : whole;
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }

  private static List<Part> using(List<Part> parts, String slot) {
    return parts.stream().filter(part -> uses(part, slot)).toList();
  }

  /** Whether a part reads or writes a slot. */
  private static boolean uses(Part part, String slot) {
    return testedBelow(part, slot)
        || part.steps()
            .flatMap(step -> Stream.concat(step.reads().stream(), step.writes().stream()))
            .anyMatch(s -> s.name().equals(slot));
  }

  private static boolean isBornIn(Part part, String slot) {
    return !slot.equals(Case.CT.name())
        && part.steps()
            .anyMatch(
                step ->
                    step.writes().stream()
                        .filter(s -> !step.replaces().contains(s))
                        .anyMatch(s -> s.name().equals(slot)));
  }

  /** Whether a condition anywhere in a part reads a slot. */
  private static boolean testedBelow(Part part, String slot) {
    return testedIn(part, slot) || part.parts().stream().anyMatch(p -> testedBelow(p, slot));
  }

  /** Whether the part's own conditions read a slot. */
  private static boolean testedIn(Part part, String slot) {
    return part.conditions().stream()
        .map(Condition::slots)
        .flatMap(List::stream)
        .anyMatch(s -> s.name().equals(slot));
  }
}
