package org.islet.trace;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.islet.job.JobListener;
import org.islet.job.Versions;
import org.islet.stage.StageRun;
import org.islet.store.Job;

/**
 * Sends a trace for each attempt at a case: a span for the attempt, and within it one for each
 * stage that ended. They name cases, routes and stages; no file and no patient.
 */
public final class CaseTraces implements JobListener, AutoCloseable {

  private static final AttributeKey<String> CASE = AttributeKey.stringKey("islet.case");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("islet.route");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("islet.attempt");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("islet.state");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("islet.reason");
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("islet.stage");
  private static final AttributeKey<String> OUTPUT = AttributeKey.stringKey("islet.output");

  private static final long LAST_PATIENCE_S = 2;

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Map<String, Span> attempts = new ConcurrentHashMap<>();

  CaseTraces(SpanExporter exporter, Duration interval) {
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", "islet")
                        .put("service.version", Versions.islet())
                        .build()))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter).setScheduleDelay(interval).build())
            .build();
    tracer = provider.get("org.islet");
  }

  /**
   * Sends traces by OTLP over HTTP.
   *
   * @param endpoint such as {@code http://127.0.0.1:4318/v1/traces}
   * @throws IllegalArgumentException if it is no address
   */
  public static CaseTraces to(String endpoint, Duration interval) {
    return new CaseTraces(OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build(), interval);
  }

  @Override
  public void began(Job job) {
    Span span =
        tracer
            .spanBuilder("case")
            .setNoParent()
            .setStartTimestamp(job.startedAt())
            .setAttribute(CASE, job.id())
            .setAttribute(ROUTE, job.order().route())
            .setAttribute(ATTEMPT, (long) job.attempt())
            .startSpan();
    letGo(attempts.put(job.id(), span));
  }

  @Override
  public void stageEnded(Job job, StageRun run, int number, int stages) {
    Span attempt = attempts.get(job.id());
    if (attempt == null) {
      return;
    }
    Instant end = Instant.now();
    tracer
        .spanBuilder(run.stage())
        .setParent(Context.root().with(attempt))
        .setStartTimestamp(end.minusNanos((long) (run.seconds() * 1e9)))
        .setAttribute(CASE, job.id())
        .setAttribute(ROUTE, job.order().route())
        .setAttribute(ATTEMPT, (long) job.attempt())
        .setAttribute(STAGE, run.stage())
        .setAttribute(OUTPUT, run.output())
        .startSpan()
        .end(end);
  }

  @Override
  public void willRetry(Job job) {
    end(job, "retried");
  }

  @Override
  public void ended(Job job) {
    end(job, job.state().word());
  }

  private void end(Job job, String state) {
    Span span = attempts.remove(job.id());
    if (span == null) {
      return; // another process began it
    }
    span.setAttribute(STATE, state);
    if (!job.state().hasResult() && job.failure() != null) {
      span.setAttribute(REASON, job.failure().code());
      span.setStatus(StatusCode.ERROR, job.failure().code());
    }
    span.end();
  }

  /** Ends the span of an attempt that was given up without news. */
  private static void letGo(Span span) {
    if (span != null) {
      span.setAttribute(STATE, "given up");
      span.end();
    }
  }

  /** Sends what was not sent yet. */
  @Override
  public void close() {
    attempts.values().forEach(CaseTraces::letGo);
    attempts.clear();
    provider.shutdown().join(LAST_PATIENCE_S, SECONDS);
  }
}
