package org.islet.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.islet.job.RoutesStatus;

/**
 * Shows how the segmentation routes stand. Islet stays ready while a change is refused, since cases
 * go on with the routes that were good; what is wrong with the change is told beside it.
 */
@Readiness
@ApplicationScoped
public class RoutesMonitor implements HealthCheck {

  private static final String CHANGES = "islet.route.changes";

  private final MeterRegistry meters;
  private volatile Supplier<RoutesStatus> routes;
  private volatile boolean needless;

  @Inject
  RoutesMonitor(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Shows some routes from now on. */
  public void show(Supplier<RoutesStatus> shown) {
    routes = shown;
    count("taken", shown, status -> status.taken());
    count("refused", shown, status -> status.refused());
    Gauge.builder("islet.route.problems", shown, status -> status.get().problems().size())
        .description("What is wrong with the files of routes and models as they are now")
        .register(meters);
  }

  /** Says from now on that there need be none. */
  void showNone() {
    needless = true;
  }

  private void count(
      String outcome, Supplier<RoutesStatus> shown, ToDoubleFunction<RoutesStatus> number) {
    FunctionCounter.builder(CHANGES, shown, status -> number.applyAsDouble(status.get()))
        .tag("outcome", outcome)
        .description("Changes of routes and models since the start")
        .register(meters);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Segmentation routes");
    Supplier<RoutesStatus> shown = routes;
    if (needless) {
      return answer.up().withData("routes", "none are run here").build();
    }
    if (shown == null) {
      return answer.down().withData("reason", "The routes are not loaded yet.").build();
    }
    RoutesStatus status = shown.get();
    answer
        .up()
        .withData("routes", String.join(", ", status.routes()))
        .withData("since", status.since().toString());
    List<String> problems = status.problems();
    for (int i = 0; i < problems.size(); i++) {
      answer.withData("refused-change-" + (i + 1), problems.get(i));
    }
    return answer.build();
  }
}
