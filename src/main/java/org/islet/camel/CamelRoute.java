package org.islet.camel;

import java.util.List;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.model.RouteDefinition;
import org.islet.job.SegmentationRoute;
import org.islet.plan.RoutePlan;
import org.islet.plan.Step;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.stage.StageFailedException;

/** A segmentation route that Camel runs: the case is the body of the message that is sent to it. */
final class CamelRoute implements SegmentationRoute {

  private final FluentProducerTemplate template;
  private final String name;
  private final String digest;
  private final List<Step> steps;

  CamelRoute(
      FluentProducerTemplate template, RouteDefinition route, String digest, RoutePlan plan) {
    this.template = template;
    this.name = route.getInput().getEndpointUri().replaceFirst("^direct:(//)?", "");
    this.digest = digest;
    this.steps = plan.order();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public List<Slot<?>> slots() {
    return steps.stream().<Slot<?>>flatMap(step -> step.writes().stream()).distinct().toList();
  }

  @Override
  public List<String> models() {
    return steps.stream().flatMap(step -> step.models().stream()).distinct().toList();
  }

  @Override
  public int stages() {
    return steps.size();
  }

  @Override
  public void run(Case c) {
    var exchange = template.withBody(c).to("direct:" + name).send();
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
}
