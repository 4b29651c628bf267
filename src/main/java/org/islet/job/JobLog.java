package org.islet.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.Request;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** A line in the log for each change of a case's state; it names cases, and no file or patient. */
public final class JobLog implements JobListener {

  private static final Logger LOG = Logger.getLogger("org.islet.cases");

  @Override
  public void accepted(Job job, Request request) {
    if (job.state().hasResult()) {
      about(
          job,
          request.door(),
          "the same CT came again; its result stands: %s".formatted(job.resultPlace()));
    } else {
      about(job, request.door(), "accepted");
    }
  }

  @Override
  public void refused(Request request) {
    with(
        Map.of("state", "refused", "door", request.door()),
        () ->
            LOG.warnf(
                "a request of the %s was refused: %s", request.door(), request.failure().forLog()));
  }

  @Override
  public void redriven(Job job) {
    about(job, null, "waits for its turn again: it was redriven");
  }

  @Override
  public void began(Job job) {
    about(job, null, "running (attempt %d)".formatted(job.attempt()));
  }

  @Override
  public void handedOn(Job job) {
    about(job, null, "handed to the pool '%s'".formatted(job.pool()));
  }

  @Override
  public void willRetry(Job job) {
    Failure failure = job.failure();
    about(job, null, "waits to be tried again: " + failure.forLog());
  }

  @Override
  public void ended(Job job) {
    if (job.state().hasResult()) {
      about(job, null, job.state().word() + ": " + numbers(job));
    } else if (job.state() == JobState.CANCELLED) {
      about(job, null, "cancelled");
    } else {
      about(job, null, "failed: " + job.failure().forLog());
    }
  }

  private static String numbers(Job job) {
    JsonNode report = RecordedJson.report(job);
    return "%.1f ml in %.1f s, %d warning(s)"
        .formatted(
            report.at("/mask/millilitres").asDouble(),
            report.at("/seconds/total").asDouble(),
            report.at("/warnings").size());
  }

  private static void about(Job job, String door, String what) {
    Map<String, String> fields = new HashMap<>();
    fields.put("case", job.id());
    fields.put("state", job.state().word());
    if (door != null) {
      fields.put("door", door);
    }
    Logger.Level level = job.state() == JobState.FAILED ? Logger.Level.WARN : Logger.Level.INFO;
    with(fields, () -> LOG.logf(level, "case %s %s", job.id(), what));
  }

  /** Writes a line; a log that is JSON has what it is about in fields of their own, too. */
  private static void with(Map<String, String> fields, Runnable line) {
    fields.forEach(MDC::put);
    try {
      line.run();
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }
}
