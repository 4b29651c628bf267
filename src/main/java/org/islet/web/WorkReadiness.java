package org.islet.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.islet.job.Workplace;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.StoreException;

/**
 * Whether cases can be taken in and worked on. Doors that are shut, by an operator or for want of
 * disk, are told beside it: cases that were taken in go on.
 */
@Readiness
@ApplicationScoped
public class WorkReadiness implements HealthCheck {

  private final Map<String, Supplier<Optional<String>>> needs = new ConcurrentSkipListMap<>();
  private volatile JobStore store;
  private volatile Workplace workplace;

  /** Tells of a workplace and its record from now on. */
  public void show(JobStore record, Workplace shown) {
    store = record;
    workplace = shown;
  }

  /** Tells of a record at which others work. */
  public void show(JobStore record) {
    store = record;
  }

  /**
   * Tells from now on of something else that the service needs, such as a broker.
   *
   * @param trouble why it is not to be had now; nothing if it is
   */
  public void need(String name, Supplier<Optional<String>> trouble) {
    needs.put(name, trouble);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Cases");
    if (store == null) {
      return answer.down().withData("reason", "The doors are not open yet.").build();
    }
    boolean ready = tellOfRecord(answer);
    ready &= workplace == null || tellOfWork(answer, workplace);
    for (Map.Entry<String, Supplier<Optional<String>>> need : needs.entrySet()) {
      Optional<String> trouble = need.getValue().get();
      answer.withData(need.getKey(), trouble.orElse("reached"));
      ready &= trouble.isEmpty();
    }
    return answer.status(ready).build();
  }

  private static boolean tellOfWork(HealthCheckResponseBuilder answer, Workplace shown) {
    Map<String, String> troubles = shown.troubles();
    troubles.forEach(answer::withData);
    shown.unreachable().forEach((door, why) -> answer.withData("unreachable-" + door, why));
    shown.gate().shutDoors().forEach((door, why) -> answer.withData("shut-door-" + door, why));
    return troubles.isEmpty();
  }

  private boolean tellOfRecord(HealthCheckResponseBuilder answer) {
    try {
      answer
          .withData("running", store.listing().count(JobState.RUNNING))
          .withData("waiting", store.listing().count(JobState.ACCEPTED))
          .withData("record", "reached");
      return true;
    } catch (StoreException e) {
      answer.withData("record", e.getMessage());
      return false;
    }
  }
}
