package org.islet.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.route.Problem;
import org.islet.route.Route;
import org.islet.route.RouteStep;
import org.islet.route.RouteStep.Call;
import org.islet.stage.Nearest;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedPseudograph;

/** Which routes call which by {@code direct:}. */
final class CallGraph {

  private static final int MOST_LISTED = 20;

  private final Graph<String, DefaultEdge> graph = new DirectedPseudograph<>(DefaultEdge.class);
  private final Map<String, Set<String>> cycles = new HashMap<>();
  private final Problems problems = new Problems();

  CallGraph(Collection<Route> routes) {
    routes.forEach(route -> graph.addVertex(route.name()));
    routes.forEach(route -> callsIn(route.steps(), call -> add(route, call)));
    for (Set<String> together :
        new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()) {
      String any = together.iterator().next();
      if (together.size() > 1 || graph.containsEdge(any, any)) {
        together.forEach(route -> cycles.put(route, together));
      }
    }
    routes.forEach(route -> callsIn(route.steps(), call -> checkCycle(route, call)));
  }

  private void add(Route route, Call call) {
    if (graph.containsVertex(call.route())) {
      graph.addEdge(route.name(), call.route());
    } else if (!problems.areEnough()) {
      problems.add(
          call.location(),
          "no route is named '%s'%s"
              .formatted(
                  call.route(),
                  Nearest.among(call.route(), "There are", new TreeSet<>(graph.vertexSet()))));
    }
  }

  private void checkCycle(Route route, Call call) {
    if (closesCycle(route.name(), call.route()) && !problems.areEnough()) {
      problems.add(
          call.location(),
          "direct:%s calls itself (%s), so it would never end. Repeat steps with 'loop'."
              .formatted(
                  call.route(),
                  cycles.get(route.name()).stream()
                      .sorted()
                      .limit(MOST_LISTED)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** Whether a route's call of another leads back to it. */
  boolean closesCycle(String route, String called) {
    return cycles.containsKey(route) && cycles.get(route).contains(called);
  }

  Set<String> calledByOthers() {
    return graph.edgeSet().stream()
        .filter(edge -> !graph.getEdgeSource(edge).equals(graph.getEdgeTarget(edge)))
        .map(graph::getEdgeTarget)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<Problem> problems() {
    return problems.all();
  }

  private static void callsIn(RouteStep step, Consumer<Call> found) {
    if (step instanceof Call call) {
      found.accept(call);
    } else {
      below(step).forEach(inner -> callsIn(inner, found));
    }
  }

  private static Stream<? extends RouteStep> below(RouteStep step) {
    if (step instanceof RouteStep.Series series) {
      return series.steps().stream();
    } else if (step instanceof RouteStep.Parallel parallel) {
      return parallel.branches().stream();
    } else if (step instanceof RouteStep.Choice choice) {
      return Stream.concat(
          choice.alternatives().stream().map(RouteStep.When::steps), choice.otherwise().stream());
    } else if (step instanceof RouteStep.Loop loop) {
      return Stream.of(loop.steps());
    } else if (step instanceof RouteStep.Try attempt) {
      return Stream.of(attempt.steps(), attempt.rescue());
    }
    return Stream.empty();
  }
}
