package org.islet.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.route.Route;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.Nearest;
import org.islet.stage.Networks;
import org.islet.stage.StageCatalogue;
import org.islet.volume.Geometry;

/** The plans of all segmentation routes of some files, and everything that is wrong with them. */
public final class RoutePlans {

  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final Map<String, RoutePlan> entries = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Plans what is written.
   *
   * @param ct the grid of a CT, for the sizes that are reckoned from it
   */
  public RoutePlans(
      Collection<RouteFile> files, StageCatalogue stages, Networks networks, Geometry ct) {
    files.forEach(this::add);
    CallGraph calls = new CallGraph(routes.values());
    problems.addAll(calls.problems());
    Planner planner = new Planner(stages, networks, routes, calls, problems);
    Set<String> called = calls.calledByOthers();
    Set<String> seen = new HashSet<>();
    for (Route route : routes.values()) {
      if (!called.contains(route.name())) {
        RoutePlan plan = planner.plan(route, Grid.ofCt(ct));
        problems.addAll(plan.problems());
        entries.put(route.name(), plan);
        seen.addAll(plan.calls());
      }
    }
    checkUse();
    // Routes that only call each other have no way of slots to follow, but their steps are checked.
    for (Route route : routes.values()) {
      if (!seen.contains(route.name())) {
        seen.addAll(planner.plan(route, Grid.ofCt(ct)).calls());
      }
    }
  }

  /** A route that several call may write what only some of them read. */
  private void checkUse() {
    Set<RoutePlan.Output> used =
        entries.values().stream().flatMap(RoutePlan::used).collect(Collectors.toSet());
    for (RoutePlan plan : entries.values()) {
      plan.unused()
          .forEach(
              (slot, step) -> {
                if (!used.contains(new RoutePlan.Output(step.written(), slot))) {
                  problems.add(unused(step, slot));
                }
              });
    }
  }

  private static Problem unused(Step step, String slot) {
    return new Problem(
        step.placeOf(slot),
        "the stage '%s' writes the slot '%s', which nothing reads. Use it, or leave the step out."
            .formatted(step.name(), slot));
  }

  private void add(RouteFile file) {
    problems.addAll(file.problems());
    for (Route route : file.routes()) {
      Route other = routes.putIfAbsent(route.name(), route);
      if (other != null) {
        problems.add(
            new Problem(
                route.location(),
                "a second route is named '%s'; the other is at %s. Give one of them another name."
                    .formatted(route.name(), other.location())));
      }
    }
  }

  /** The routes as they are written, by name. */
  public Map<String, Route> routes() {
    return routes;
  }

  /** The plans of the routes that no other calls, by name: those that cases are sent to. */
  public Map<String, RoutePlan> entries() {
    return entries;
  }

  /**
   * The plan of a route that cases are sent to.
   *
   * @throws IllegalArgumentException whose message names those there are, if there is no such one
   */
  public RoutePlan get(String name) {
    RoutePlan plan = entries.get(name);
    if (plan == null) {
      throw new IllegalArgumentException(missing(name));
    }
    return plan;
  }

  /** The sentence that there is no route of a name that cases could be sent to. */
  public String missing(String name) {
    return "There is no route '%s'%s There are: %s."
        .formatted(name, Nearest.hint(name, entries.keySet()), String.join(", ", entries.keySet()));
  }

  /** Everything that is wrong, each thing once, by file and line. */
  public List<Problem> problems() {
    return problems.stream()
        .distinct()
        .sorted(
            Comparator.comparing((Problem p) -> p.location().file())
                .thenComparing(p -> p.location().line()))
        .collect(Collectors.toUnmodifiableList());
  }

  /** The files that a route and those that it calls are written in. */
  public List<String> filesOf(RoutePlan plan) {
    return plan.calls().stream()
        .map(routes::get)
        .map(Route::location)
        .map(Location::file)
        .distinct()
        .sorted()
        .toList();
  }
}
