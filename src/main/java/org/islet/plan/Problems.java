package org.islet.plan;

import java.util.ArrayList;
import java.util.List;
import org.islet.route.Location;
import org.islet.route.Problem;

/** What is found to be wrong, thing by thing. */
final class Problems {

  /** Nobody reads more, and to find what may have been meant takes time. */
  private static final int MOST = 300;

  private final List<Problem> all = new ArrayList<>();

  /** Whether there are so many that no more need be looked for. */
  boolean areEnough() {
    return all.size() >= MOST;
  }

  List<Problem> all() {
    return List.copyOf(all);
  }

  void add(Location place, String sentence) {
    all.add(new Problem(place, sentence));
  }

  /** Says where the route that a step is written in is called, if it is not the whole route. */
  void add(Step step, Location place, String sentence) {
    List<Location> calls = step.calls();
    String called =
        calls.isEmpty()
            ? ""
            : " The step is part of the call at %s.".formatted(calls.get(calls.size() - 1));
    add(place, sentence + called);
  }
}
