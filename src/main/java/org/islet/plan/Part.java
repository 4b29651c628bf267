package org.islet.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.route.RouteStep;

/** A part of a route's plan: a step, or parts that are ordered or chosen. Calls are written out. */
public sealed interface Part
    permits Step, Part.Series, Part.Parallel, Part.Choice, Part.Loop, Part.Try, Part.HandOff {

  /** The parts that it consists of, in the order in which they are written; none for a step. */
  List<Part> parts();

  /** The conditions by which it is decided which of the parts run, and how often. */
  default List<Condition> conditions() {
    return List.of();
  }

  /** The steps in it, in the order in which they are written. */
  default Stream<Step> steps() {
    return parts().stream().flatMap(Part::steps);
  }

  /** Adds the names of the slots that its steps and conditions read. */
  default void addReads(Set<String> names) {
    conditions().forEach(c -> c.slots().forEach(slot -> names.add(slot.name())));
    parts().forEach(part -> part.addReads(names));
  }

  /**
   * How many stages run at the most; {@link Integer#MAX_VALUE} also stands for any larger number.
   */
  long mostRuns();

  private static long atMost(long runs) {
    return Math.min(runs, Integer.MAX_VALUE);
  }

  /**
   * One after the other.
   *
   * @param route the route that is called, where it is a call
   */
  record Series(Optional<String> route, List<Part> parts) implements Part {

    /** A call of a route that there is not, or of which nothing can be known. */
    static Series unknown(String route) {
      return new Series(Optional.of(route), List.of());
    }

    /** Whether nothing is known of the route that is called. */
    boolean isUnknown() {
      return route.isPresent() && parts.isEmpty();
    }

    @Override
    public long mostRuns() {
      return atMost(parts.stream().mapToLong(Part::mostRuns).sum());
    }
  }

  /**
   * Branches that do not wait for each other.
   *
   * @param written what they are in the route's file
   */
  record Parallel(RouteStep.Parallel written, List<Part> branches) implements Part {
    @Override
    public List<Part> parts() {
      return branches;
    }

    @Override
    public long mostRuns() {
      return atMost(branches.stream().mapToLong(Part::mostRuns).sum());
    }
  }

  /** The first alternative whose condition holds; else the last resort, if there is one. */
  record Choice(Location location, List<Alternative> alternatives, Optional<Part> otherwise)
      implements Part {

    /**
     * An alternative and its condition.
     *
     * @param asked where the condition is written
     */
    public record Alternative(Location location, Condition condition, Location asked, Part part) {}

    /** The parts of which one runs, the last resort being the last. */
    @Override
    public List<Part> parts() {
      return Stream.concat(alternatives.stream().map(Alternative::part), otherwise.stream())
          .toList();
    }

    @Override
    public List<Condition> conditions() {
      return alternatives.stream().map(Alternative::condition).toList();
    }

    @Override
    public long mostRuns() {
      return parts().stream().mapToLong(Part::mostRuns).max().orElse(0);
    }
  }

  /**
   * A part that runs again and again.
   *
   * @param written what the loop is in the route's file
   */
  record Loop(RouteStep.Loop written, Part body) implements Part {

    /** What it is, such as {@code loop while touches and passes < 3} or {@code loop, 3 passes}. */
    public String words() {
      int passes = written.passes();
      return written
          .condition()
          .map(condition -> "loop while " + condition.text())
          .orElse(passes == 1 ? "loop, 1 pass" : "loop, " + passes + " passes");
    }

    @Override
    public List<Part> parts() {
      return List.of(body);
    }

    @Override
    public List<Condition> conditions() {
      return written.condition().stream().toList();
    }

    @Override
    public long mostRuns() {
      return atMost(written.passes() * body.mostRuns());
    }
  }

  /** A part, and one that runs instead where a stage of it fails. */
  record Try(RouteStep.Try written, Part body, Part rescue) implements Part {
    @Override
    public List<Part> parts() {
      return List.of(body, rescue);
    }

    @Override
    public long mostRuns() {
      return atMost(body.mostRuns() + rescue.mostRuns());
    }
  }

  /** Where the workers of another pool go on with the case. */
  record HandOff(RouteStep.HandOff written) implements Part {

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public long mostRuns() {
      return 0;
    }
  }
}
