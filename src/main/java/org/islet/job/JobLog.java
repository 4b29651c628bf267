package org.islet.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.Request;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** A line in the log for each change of a case's state; it names cases, and no file or patient. */
public final class JobLog implements JobListener {

  private static final Logger LOG = Logger.getLogger("org.islet.cases");
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
    LOG.warnf(
        "a request of the %s was refused: %s: %s",
        request.door(), request.failure().code(), request.failure().sentence());
  }

  @Override
  public void began(Job job) {
    about(job, null, "running (attempt %d)".formatted(job.attempt()));
  }

  @Override
  public void willRetry(Job job) {
    Failure failure = job.failure();
    about(job, null, "waits to be tried again: " + words(failure));
  }

  @Override
  public void ended(Job job) {
    if (job.state().hasResult()) {
      about(job, null, job.state().word() + ": " + numbers(job));
    } else if (job.state() == JobState.CANCELLED) {
      about(job, null, "cancelled");
    } else {
      about(job, null, "failed: " + words(job.failure()));
    }
  }

  private static String words(Failure failure) {
    return failure.code() + ": " + failure.sentence();
  }

  private static String numbers(Job job) {
    try {
      JsonNode report = JSON.readTree(job.report());
      return "%.1f ml in %.1f s, %d warning(s)"
          .formatted(
              report.at("/mask/millilitres").asDouble(),
              report.at("/seconds/total").asDouble(),
              report.at("/warnings").size());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is always JSON.", e);
    }
  }

  /** Also puts what the line is about where a log that is JSON has fields of their own. */
  private static void about(Job job, String door, String what) {
    MDC.put("case", job.id());
    MDC.put("state", job.state().word());
    if (door != null) {
      MDC.put("door", door);
    }
    try {
      LOG.logf(
          job.state() == JobState.FAILED ? Logger.Level.WARN : Logger.Level.INFO,
          "case %s %s",
          job.id(),
          what);
    } finally {
      MDC.remove("case");
      MDC.remove("state");
      MDC.remove("door");
    }
  }
}
