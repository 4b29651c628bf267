package org.islet.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.islet.job.Workplace;
import org.islet.overview.WaitingRules;
import org.islet.store.JobStore;

/** All that shows over HTTP how the service stands. */
@ApplicationScoped
public class Monitors {

  private final RoutesMonitor routes;
  private final CaseMetrics metrics;
  private final WorkLiveness liveness;
  private final WorkReadiness readiness;
  private final CasePages pages;

  @Inject
  Monitors(
      @Readiness RoutesMonitor routes,
      CaseMetrics metrics,
      @Liveness WorkLiveness liveness,
      @Readiness WorkReadiness readiness,
      CasePages pages) {
    this.routes = routes;
    this.metrics = metrics;
    this.liveness = liveness;
    this.readiness = readiness;
    this.pages = pages;
  }

  /** Shows how the segmentation routes stand. */
  public RoutesMonitor routes() {
    return routes;
  }

  /** Counts cases. */
  public CaseMetrics metrics() {
    return metrics;
  }

  /** Tells whether the service is ready. */
  public WorkReadiness readiness() {
    return readiness;
  }

  /** Shows a record from now on, at which others work. */
  public void show(JobStore store, WaitingRules rules) {
    routes.showNone();
    metrics.show(store);
    readiness.show(store);
    pages.show(store, rules);
  }

  /** Shows a workplace and its record from now on. */
  public void show(JobStore store, WaitingRules rules, Workplace workplace) {
    metrics.show(store, workplace);
    liveness.show(workplace);
    readiness.show(store, workplace);
    pages.show(store, rules);
  }
}
