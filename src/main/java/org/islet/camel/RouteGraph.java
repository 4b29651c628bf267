package org.islet.camel;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.islet.plan.Location;
import org.islet.plan.Problem;
import org.islet.plan.RoutePlan;
import org.islet.plan.Step;
import org.islet.stage.Nearest;

/**
 * Follows one Camel route, and those that it calls by {@code direct:}, from step to step, and makes
 * the plan of it. Branches of a multicast run side by side; of a choice, one runs.
 */
final class RouteGraph {

  private static final String DIRECT = "direct://";

  private final CamelContext context;
  private final Map<String, RouteDefinition> byInput;
  private final Collection<Problem> problems;
  private final RoutePlan plan;
  private final Set<RouteDefinition> called = new LinkedHashSet<>();
  private final Deque<RouteDefinition> path = new ArrayDeque<>();
  private final Map<Object, Integer> alternatives = new HashMap<>();

  /**
   * @param byInput the routes that can be called, by the address that they begin with
   * @param problems where steps that cannot be made are reported
   */
  RouteGraph(
      CamelContext context,
      RouteDefinition route,
      Map<String, RouteDefinition> byInput,
      Collection<Problem> problems) {
    this.context = context;
    this.byInput = byInput;
    this.problems = problems;
    this.plan = new RoutePlan(location(route.getInput()));
    follow(route, Set.of());
  }

  /** The plan, whole where no problem was reported. */
  RoutePlan plan() {
    return plan;
  }

  /** The route and all that it calls. */
  Set<RouteDefinition> called() {
    return called;
  }

  static Location location(LineNumberAware place) {
    String file = place.getLocation() == null ? "?" : place.getLocation();
    return new Location(file.replaceFirst("^file:", ""), Math.max(0, place.getLineNumber()));
  }

  private Set<Step> follow(RouteDefinition route, Set<Step> after) {
    called.add(route);
    path.push(route);
    Set<Step> last = follow(route.getOutputs(), after);
    path.pop();
    return last;
  }

  private Set<Step> follow(List<? extends ProcessorDefinition<?>> steps, Set<Step> after) {
    Set<Step> last = after;
    for (ProcessorDefinition<?> step : steps) {
      last = follow(step, last);
    }
    return last;
  }

  private Set<Step> follow(ProcessorDefinition<?> step, Set<Step> after) {
    if (step instanceof SendDefinition<?> send) {
      return send(send, after);
    } else if (step instanceof MulticastDefinition || step instanceof ChoiceDefinition) {
      return branches(step, after);
    }
    return follow(step.getOutputs(), after);
  }

  private Set<Step> branches(ProcessorDefinition<?> step, Set<Step> after) {
    Set<Step> ends = new LinkedHashSet<>();
    int number = 0;
    for (ProcessorDefinition<?> branch : step.getOutputs()) {
      if (step instanceof ChoiceDefinition) {
        alternatives.put(step, number++);
      }
      ends.addAll(follow(branch, after));
    }
    alternatives.remove(step);
    return ends;
  }

  private Set<Step> send(SendDefinition<?> send, Set<Step> after) {
    Endpoint endpoint;
    try {
      endpoint = context.getEndpoint(send.getEndpointUri());
    } catch (NoSuchEndpointException e) {
      problems.add(new Problem(location(send), unknownComponent(e.getUri())));
      return after;
    } catch (ResolveEndpointFailedException e) {
      problems.add(new Problem(location(send), sentence(e)));
      return after;
    }
    if (endpoint instanceof StageEndpoint stage) {
      Step step = Step.of(stage.stage(), location(send), alternatives);
      plan.add(step, after);
      return Set.of(step);
    }
    return endpoint.getEndpointUri().startsWith(DIRECT)
        ? call(send, endpoint.getEndpointUri(), after)
        : after;
  }

  private Set<Step> call(SendDefinition<?> send, String address, Set<Step> after) {
    RouteDefinition target = byInput.get(address);
    if (target == null) {
      problems.add(
          new Problem(
              location(send),
              "no route begins with %s; there are: %s."
                  .formatted(
                      address, String.join(", ", byInput.keySet().stream().sorted().toList()))));
      return after;
    }
    if (path.contains(target)) {
      problems.add(
          new Problem(
              location(send), "%s calls itself, so it would never end.".formatted(address)));
      return after;
    }
    return follow(target, after);
  }

  private String unknownComponent(String uri) {
    String scheme = uri.replaceFirst(":.*", "");
    return "there is no component '%s'%s There are: %s."
        .formatted(
            scheme,
            Nearest.hint(scheme, context.getComponentNames()),
            String.join(", ", context.getComponentNames().stream().sorted().toList()));
  }

  /** What went wrong at the bottom of Camel's causes. */
  static String sentence(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage();
  }
}
