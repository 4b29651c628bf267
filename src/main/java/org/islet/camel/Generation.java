package org.islet.camel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.islet.format.Sha256;
import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.RouteFile;
import org.islet.stage.Case;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageFailedException;

/**
 * The segmentation routes as they were at one moment, running in a Camel context of their own with
 * the models that they named then. It is let go when nobody holds it any longer, so that a case
 * ends on the routes and models that it began with.
 */
final class Generation {

  private final RouteModels models;
  private final RoutePlans plans;
  private final Map<String, String> digests = new HashMap<>();
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final ProducerTemplate template;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * Starts routes that have no problems.
   *
   * @param models let go with the generation
   */
  Generation(List<RouteFile> files, RoutePlans plans, StageCatalogue stages, RouteModels models) {
    this.models = models;
    this.plans = plans;
    plans.entries().values().forEach(plan -> digests.put(plan.name(), digest(plan, files)));
    context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    context.addComponent(StageComponent.SCHEME, new StageComponent(stages, models));
    try {
      context.start();
      plans.entries().values().forEach(this::start);
      template = context.createProducerTemplate();
    } catch (RuntimeException | Error e) {
      context.stop();
      throw e;
    }
  }

  private String digest(RoutePlan plan, List<RouteFile> files) {
    List<String> own = plans.filesOf(plan);
    Sha256 digest = new Sha256();
    for (RouteFile file : files) {
      if (own.contains(file.file())) {
        digest.add(file.name()).add(file.text());
      }
    }
    return digest.toHex();
  }

  private void start(RoutePlan plan) {
    RouteDefinitions definitions = new RouteDefinitions(plan);
    List<RouteDefinition> routes =
        plan.calls().stream()
            .flatMap(name -> definitions.of(plans.routes().get(name)).stream())
            .collect(Collectors.toList());
    try {
      context.addRouteDefinitions(routes);
    } catch (Exception e) {
      throw new IllegalStateException(
          "Camel cannot start the route '%s': %s".formatted(plan.name(), e.getMessage()), e);
    }
  }

  /**
   * A route, which holds this generation until it is closed.
   *
   * @throws IllegalArgumentException if there is no such one
   */
  CamelRoute open(String name) {
    RoutePlan plan = plans.get(name);
    holders.incrementAndGet();
    return new CamelRoute(this, plan, digests.get(name));
  }

  /** The names of the routes that cases can be sent to. */
  List<String> names() {
    return List.copyOf(plans.entries().keySet());
  }

  CaseReport.Model describe(String model) {
    return models.describe(model);
  }

  void run(RoutePlan plan, int part, Case c) {
    var exchange =
        template.send(RouteDefinitions.entry(plan, part), e -> e.getMessage().setBody(c));
    if (exchange.getException() != null) {
      throw ofStage(exchange.getException());
    }
  }

  /** The stage's own failure, out of what Camel wraps around it. */
  private static RuntimeException ofStage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof StageFailedException)) {
      cause = cause.getCause();
    }
    return cause instanceof StageFailedException e
        ? e
        : new IllegalStateException(failure.getMessage(), failure);
  }

  /** Gives up one hold; the last one lets everything go. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      context.stop();
      models.close();
    }
  }
}
