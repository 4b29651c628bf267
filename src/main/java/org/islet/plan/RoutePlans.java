package org.islet.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.islet.plan.RoutePlan.Output;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.route.Route;
import org.islet.route.RouteFile;
import org.islet.stage.Case;
import org.islet.stage.Grid;
import org.islet.stage.Nearest;
import org.islet.stage.Networks;
import org.islet.stage.Slot;
import org.islet.stage.StageCatalogue;

/** The plans of all segmentation routes of some files, and everything that is wrong with them. */
public final class RoutePlans {

  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final List<Route> namesakes = new ArrayList<>();
  private final Map<String, RoutePlan> entries = new TreeMap<>();
  private final Set<Problem> problems = new LinkedHashSet<>();

  /**
   * Plans what is written.
   *
   * @param ct the grid of a CT; if its size is given, costs are reckoned for it
   */
  public RoutePlans(
      Collection<RouteFile> files, StageCatalogue stages, Networks networks, Grid ct) {
    files.forEach(this::add);
    CallGraph calls = new CallGraph(routes.values());
    problems.addAll(calls.problems());
    Planner planner = new Planner(stages, networks, routes, calls, problems);
    Set<String> called = calls.calledByOthers();
    List<RoutePlan> plans = new ArrayList<>();
    for (Route route : routes.values()) {
      if (!called.contains(route.name())) {
        entries.put(route.name(), planner.plan(route, ct, true));
      }
    }
    plans.addAll(entries.values());
    namesakes.forEach(route -> plans.add(planner.plan(route, ct, !called.contains(route.name()))));
    Set<String> seen = new HashSet<>();
    plans.forEach(plan -> seen.addAll(plan.calls()));
    for (Route route : routes.values()) { // those that only call each other, the first for all
      if (!seen.contains(route.name())) {
        RoutePlan plan = planner.plan(route, ct, false);
        seen.addAll(plan.calls());
        plans.add(plan);
      }
    }
    plans.forEach(plan -> problems.addAll(plan.problems()));
    checkUse(plans);
  }

  /**
   * A route that several call may write what only some of them read, and a stage of several slots
   * what is not needed as long as one of them is.
   */
  private void checkUse(List<RoutePlan> plans) {
    Set<Output> used = new HashSet<>();
    Set<String> perhaps = new HashSet<>(Set.of(RoutePlan.RESULT.name(), Case.CT.name()));
    plans.forEach(plan -> used.addAll(plan.used()));
    plans.forEach(plan -> perhaps.addAll(plan.perhapsUsed()));
    for (RoutePlan plan : plans) {
      for (Step step : plan.order()) {
        List<String> slots = step.writes().stream().map(Slot::name).toList();
        if (slots.stream()
            .noneMatch(
                slot ->
                    perhaps.contains(slot) || used.contains(new Output(step.written(), slot)))) {
          slots.forEach(slot -> problems.add(unused(step, slot)));
        }
      }
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
        namesakes.add(route);
        problems.add(namesake(route, other));
        if (!other.location().file().equals(route.location().file())) {
          problems.add(namesake(other, route)); // somebody may look at that file alone
        }
      }
    }
  }

  private static Problem namesake(Route route, Route other) {
    return new Problem(
        route.location(),
        "a second route is named '%s'; the other is at %s. Give one of them another name."
            .formatted(route.name(), other.location()));
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
    return "There is no route '%s'%s"
        .formatted(name, Nearest.among(name, "There are", entries.keySet()));
  }

  /** Everything that is wrong, each thing once, by file and line. */
  public List<Problem> problems() {
    return problems.stream()
        .sorted(
            Comparator.comparing((Problem p) -> p.location().file())
                .thenComparing(p -> p.location().line()))
        .toList();
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
