package org.islet.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Processor;
import org.apache.camel.model.Block;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WhenDefinition;
import org.islet.plan.RoutePlan;
import org.islet.route.Route;
import org.islet.route.RouteStep;
import org.islet.route.RouteStep.Call;
import org.islet.route.RouteStep.Choice;
import org.islet.route.RouteStep.HandOff;
import org.islet.route.RouteStep.Log;
import org.islet.route.RouteStep.Loop;
import org.islet.route.RouteStep.Parallel;
import org.islet.route.RouteStep.Series;
import org.islet.route.RouteStep.ToStage;
import org.islet.route.RouteStep.Try;
import org.islet.stage.StageFailedException;

/**
 * Turns segmentation routes as they are written into Camel's routes. Camel is given what was read
 * and checked, and no text of a route's file to interpret.
 */
final class RouteDefinitions {

  private final RoutePlan plan;
  private int tries;

  /**
   * @param plan of the route that cases are sent to
   */
  RouteDefinitions(RoutePlan plan) {
    this.plan = plan;
  }

  /** The address of a route of the plan: the same route may be called by several others. */
  private static String address(RoutePlan plan, String route) {
    return "direct:%s/%s".formatted(plan.name(), route);
  }

  /**
   * The address that a plan's cases are sent to.
   *
   * @param part how often they were handed over before
   */
  static String entry(RoutePlan plan, int part) {
    return address(plan, part == 0 ? plan.name() : plan.name() + "/" + part);
  }

  /** Camel's routes of a route that the plan calls: of the plan's own one for each of its parts. */
  List<RouteDefinition> of(Route route) {
    if (!route.name().equals(plan.name())) {
      return List.of(
          definition(
              address(plan, route.name()),
              plan.name() + "/" + route.name(),
              route.steps().steps()));
    }
    List<RouteDefinition> definitions = new ArrayList<>();
    List<RouteStep> part = new ArrayList<>();
    for (RouteStep step : route.steps().steps()) {
      if (step instanceof HandOff) {
        definitions.add(ofPart(definitions.size(), part));
        part.clear();
      } else {
        part.add(step);
      }
    }
    definitions.add(ofPart(definitions.size(), part));
    return definitions;
  }

  private RouteDefinition ofPart(int part, List<RouteStep> steps) {
    return definition(entry(plan, part), part == 0 ? plan.name() : plan.name() + "/" + part, steps);
  }

  private RouteDefinition definition(String from, String id, List<RouteStep> steps) {
    RouteDefinition definition = new RouteDefinition(from);
    definition.setId(id);
    steps.forEach(step -> definition.addOutput(definition(step)));
    if (steps.isEmpty()) {
      definition.addOutput(process(exchange -> {})); // Camel wants something to do
    }
    return definition;
  }

  private void add(Series series, Block to) {
    series.steps().forEach(step -> to.addOutput(definition(step)));
  }

  private ProcessorDefinition<?> definition(RouteStep step) {
    if (step instanceof ToStage stage) {
      return new ToDefinition(address(stage));
    } else if (step instanceof Call call) {
      return new ToDefinition(address(plan, call.route()));
    } else if (step instanceof Log log) {
      return process(new CaseLog(log));
    } else if (step instanceof Series series) {
      PipelineDefinition pipeline = new PipelineDefinition();
      add(series, pipeline);
      return pipeline;
    } else if (step instanceof Parallel parallel) {
      return multicast(parallel);
    } else if (step instanceof Choice choice) {
      return choice(choice);
    } else if (step instanceof Loop loop) {
      return loop(loop);
    }
    return attempt((Try) step);
  }

  /** A stage's address, in which Camel takes no '+' for a blank. */
  private static String address(ToStage stage) {
    return stage.uri().replaceAll("=([^&]*\\+[^&]*)", "=RAW($1)");
  }

  private static ProcessDefinition process(Processor processor) {
    return new ProcessDefinition(processor);
  }

  /** Branches that run at the same time all end before a failure of one goes on. */
  private MulticastDefinition multicast(Parallel parallel) {
    MulticastDefinition multicast = new MulticastDefinition();
    multicast.setParallelProcessing(String.valueOf(parallel.concurrent()));
    multicast.setStopOnException(String.valueOf(!parallel.concurrent()));
    multicast.aggregationStrategy(new FirstFailure());
    parallel.branches().forEach(branch -> multicast.addOutput(definition(branch)));
    return multicast;
  }

  private ChoiceDefinition choice(Choice choice) {
    ChoiceDefinition definition = new ChoiceDefinition();
    choice
        .alternatives()
        .forEach(
            alternative -> {
              WhenDefinition when = new WhenDefinition(new CaseCondition(alternative.condition()));
              add(alternative.steps(), when);
              definition.addOutput(when);
            });
    choice
        .otherwise()
        .ifPresent(
            series -> {
              OtherwiseDefinition otherwise = new OtherwiseDefinition();
              add(series, otherwise);
              definition.addOutput(otherwise);
            });
    return definition;
  }

  /** The loop between the steps that open and close the count of its passes. */
  private PipelineDefinition loop(Loop loop) {
    Set<String> ofEachPass = plan.forgotten().get(loop);
    LoopDefinition repeated = new LoopDefinition(new NextPass(loop));
    repeated.setDoWhile("true");
    repeated.addOutput(
        process(
            exchange -> {
              Passes.next(exchange);
              CaseCondition.caseOf(exchange).forget(ofEachPass);
            }));
    add(loop.steps(), repeated);
    PipelineDefinition counted = new PipelineDefinition();
    counted.addOutput(process(Passes::begin));
    counted.addOutput(repeated);
    counted.addOutput(process(Passes::end));
    return counted;
  }

  private TryDefinition attempt(Try attempt) {
    Rescue rescue = new Rescue(tries++, plan.forgotten().get(attempt));
    TryDefinition definition = new TryDefinition();
    definition.addOutput(process(rescue::remember));
    add(attempt.steps(), definition);
    CatchDefinition caught = new CatchDefinition(StageFailedException.class);
    caught.addOutput(process(rescue::restore));
    add(attempt.rescue(), caught);
    definition.addOutput(caught);
    return definition;
  }
}
