package org.islet.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.islet.job.Workplace;

/**
 * Whether the process works: a new one would do better than one whose parts have stopped moving.
 * While it starts it is alive.
 */
@Liveness
@ApplicationScoped
public class WorkLiveness implements HealthCheck {

  /** Longer than any round may take, also while the record is slow. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private volatile Workplace workplace;

  /** Tells of a workplace from now on. */
  public void show(Workplace shown) {
    workplace = shown;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Work");
    Workplace shown = workplace;
    List<String> stuck = shown == null ? List.of() : shown.stuck(SILENCE);
    return stuck.isEmpty()
        ? answer.up().build()
        : answer.down().withData("stuck", String.join(", ", stuck)).build();
  }
}
