package org.islet.job;

import org.islet.store.Job;

/** A result that was there when it was to be made: of a process that ended before it said so. */
record EarlierResult(Job job, CaseResult found) {

  /**
   * The result as that of the case.
   *
   * @throws CaseFailedException if it is of another CT or route
   */
  CaseResult own() throws CaseFailedException {
    CaseReport report = found.report();
    if (!report.input().sha256().equals(job.inputSha256())
        || !report.route().name().equals(job.order().route())) {
      throw new CaseFailedException(
          job.id(),
          "result-taken",
          null,
          "There is a result of this name already, of another CT or route. Move it away, and redrive the case.",
          null);
    }
    return found;
  }

  /** The method by which it was made; null if its route or its models are no longer those. */
  String method(SegmentationRoutes routes) {
    try (SegmentationRoute route = routes.open(job.order().route())) {
      return isOf(route) ? Method.digest(route) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private boolean isOf(SegmentationRoute route) {
    return route.digest().equals(found.report().route().sha256())
        && found.report().models().stream()
            .allMatch(
                model ->
                    route.models().contains(model.id())
                        && isSame(route.describe(model.id()), model));
  }

  private static boolean isSame(CaseReport.Model now, CaseReport.Model then) {
    return now.sha256().equals(then.sha256()) && now.precisions().equals(then.precisions());
  }
}
