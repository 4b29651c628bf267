package org.islet.plan;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.islet.route.Location;
import org.islet.route.Option;
import org.islet.route.Problem;
import org.islet.route.Route;
import org.islet.route.RouteStep;
import org.islet.route.RouteStep.ToStage;
import org.islet.stage.Binding;
import org.islet.stage.Grid;
import org.islet.stage.Nearest;
import org.islet.stage.Networks;
import org.islet.stage.StageBindingException;
import org.islet.stage.StageCatalogue;

/** Makes the plan of a route: binds its stages, and writes out the routes that it calls. */
final class Planner {

  private static final int DEEPEST_CALLS = 30;

  private final StageCatalogue stages;
  private final Networks networks;
  private final Map<String, Route> routes;
  private final CallGraph graph;
  private final Collection<Problem> problems;
  private final PlanLimits limits = new PlanLimits();
  private Set<String> calls = Set.of();
  private Set<String> mentioned = Set.of();
  private final Deque<Location> callers = new ArrayDeque<>();

  /**
   * @param problems where steps that cannot be bound are reported
   */
  Planner(
      StageCatalogue stages,
      Networks networks,
      Map<String, Route> routes,
      CallGraph graph,
      Collection<Problem> problems) {
    this.stages = stages;
    this.networks = networks;
    this.routes = routes;
    this.graph = graph;
    this.problems = problems;
  }

  /**
   * @param entry whether cases are sent to the route
   */
  RoutePlan plan(Route route, Grid ct, boolean entry) {
    calls = new LinkedHashSet<>(Set.of(route.name()));
    limits.begin();
    mentioned = new HashSet<>();
    Part root = series(route, Optional.empty(), route.steps());
    limits
        .excess(root)
        .ifPresent(sentence -> problems.add(new Problem(route.location(), sentence)));
    return new RoutePlan(
        route.name(), route.location(), root, new TreeSet<>(calls), ct, entry, mentioned);
  }

  private Part.Series series(Route route, Optional<String> called, RouteStep.Series series) {
    return new Part.Series(
        called, series.steps().stream().flatMap(step -> part(route, step).stream()).toList());
  }

  private Part.Series series(Route route, RouteStep.Series series) {
    return series(route, Optional.empty(), series);
  }

  /** The part that a step becomes; nothing for one that does nothing to the case. */
  private Optional<Part> part(Route route, RouteStep step) {
    if (!limits.allowStep()) {
      return Optional.of(Part.Series.unknown(route.name()));
    }
    if (step instanceof ToStage to) {
      return Optional.of(bind(to));
    } else if (step instanceof RouteStep.Call call) {
      return call(route, call);
    } else if (step instanceof RouteStep.HandOff handOff) {
      return Optional.of(new Part.HandOff(handOff));
    } else if (step instanceof RouteStep.Unreadable unreadable) {
      mentioned.addAll(List.of(unreadable.text().split("[^A-Za-z0-9-]+")));
      return Optional.of(Part.Series.unknown(route.name()));
    } else if (step instanceof RouteStep.Log) {
      limits.addLine();
      return Optional.empty();
    } else if (step instanceof RouteStep.Series series) {
      return Optional.of(series(route, series));
    } else if (step instanceof RouteStep.Parallel parallel) {
      List<Part> branches =
          parallel.branches().stream().flatMap(branch -> part(route, branch).stream()).toList();
      return Optional.of(new Part.Parallel(parallel, branches));
    } else if (step instanceof RouteStep.Choice choice) {
      return Optional.of(choice(route, choice));
    } else if (step instanceof RouteStep.Loop loop) {
      return Optional.of(
          new Part.Loop(loop, limits.inLoop(loop.passes(), () -> series(route, loop.steps()))));
    } else if (step instanceof RouteStep.Try attempt) {
      return Optional.of(
          new Part.Try(attempt, series(route, attempt.steps()), series(route, attempt.rescue())));
    }
    return Optional.empty();
  }

  private Part.Choice choice(Route route, RouteStep.Choice choice) {
    List<Part.Choice.Alternative> alternatives =
        choice.alternatives().stream()
            .map(
                when ->
                    new Part.Choice.Alternative(
                        when.location(),
                        when.condition(),
                        when.asked(),
                        series(route, when.steps())))
            .toList();
    return new Part.Choice(
        choice.location(), alternatives, choice.otherwise().map(last -> series(route, last)));
  }

  private Optional<Part> call(Route route, RouteStep.Call call) {
    if (graph.closesCycle(route.name(), call.route())) {
      return Optional.empty();
    }
    Route target = routes.get(call.route());
    boolean guessed = target == null;
    if (guessed) {
      target = Nearest.to(call.route(), routes.keySet()).map(routes::get).orElse(null);
    }
    if (target == null || (guessed && calls.contains(target.name()))) {
      return Optional.of(Part.Series.unknown(call.route()));
    }
    if (callers.size() == DEEPEST_CALLS) {
      problems.add(
          new Problem(
              call.location(),
              "more than %d routes call each other in a row here; write the steps of some out."
                  .formatted(DEEPEST_CALLS)));
      return Optional.of(Part.Series.unknown(call.route()));
    }
    calls.add(target.name());
    callers.addLast(call.location());
    Part.Series part = series(target, Optional.of(target.name()), target.steps());
    callers.removeLast();
    return Optional.of(part);
  }

  private Step bind(ToStage step) {
    Binding binding = stages.tryToBind(step.name(), step.values(), networks);
    for (StageBindingException refusal : binding.refusals()) {
      Location place =
          refusal.option().map(step.options()::get).map(Option::location).orElse(step.location());
      problems.add(new Problem(place, refusal.getMessage()));
    }
    return new Step(step, List.copyOf(callers), binding);
  }
}
