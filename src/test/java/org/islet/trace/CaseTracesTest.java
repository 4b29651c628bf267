package org.islet.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.islet.stage.StageRun;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseTracesTest {

  private static final Duration LATER = Duration.ofMinutes(1);
  private static final StageRun CLIP = new StageRun("clip", "clipped", 0.1, 0.5);

  @TempDir Path folder;
  private JobStore store;
  private Records records;
  private final List<SpanData> sent = Collections.synchronizedList(new ArrayList<>());

  private final SpanExporter collector =
      new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
          sent.addAll(spans);
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
          return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
          return CompletableResultCode.ofSuccess();
        }
      };

  @BeforeEach
  void open() {
    records = Records.in(folder);
    store = records.store();
  }

  @AfterEach
  void close() {
    records.close();
  }

  private SpanData span(String name) {
    return sent.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  private static String attributes(SpanData span) {
    Map<String, Object> sorted = new TreeMap<>();
    span.getAttributes().forEach((key, value) -> sorted.put(key.getKey(), value));
    return sorted.toString();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  @Test
  void an_attempt_is_a_span_with_one_for_each_stage_within_it_at_its_true_time() {
    Job job = records.running('a');
    try (CaseTraces traces = new CaseTraces(collector, LATER)) {
      traces.began(job);
      traces.stageEnded(job, CLIP, 1, 12);
      store.fail(job, new Failure("truncated", "It is cut short.", "infer"), null);
      traces.ended(store.find(job.id()).orElseThrow());
    }
    SpanData attempt = span("case");
    SpanData stage = span("clip");
    assertEquals(2, sent.size());
    assertEquals(attempt.getSpanId(), stage.getParentSpanId());
    assertEquals(attempt.getTraceId(), stage.getTraceId());
    assertEquals(500_000_000, stage.getEndEpochNanos() - stage.getStartEpochNanos());
    assertTrue(Records.isRecent(instant(stage.getEndEpochNanos())));
    assertEquals(
        job.startedAt().toEpochMilli(), instant(attempt.getStartEpochNanos()).toEpochMilli());
    String about = "islet.attempt=1, islet.case=aaaaaaaaaaaa, ";
    assertEquals(
        "{" + about + "islet.reason=truncated, islet.route=r, islet.state=failed}",
        attributes(attempt));
    assertEquals(
        "{" + about + "islet.output=clipped, islet.route=r, islet.stage=clip}", attributes(stage));
    assertFalse(sent.toString().contains("a.nii.gz"), "no name of a file is sent");
  }

  @Test
  void an_attempt_that_was_given_up_ends_with_the_service() {
    try (CaseTraces traces = new CaseTraces(collector, LATER)) {
      traces.began(records.running('a'));
      traces.ended(records.done('b'));
    }
    assertEquals(1, sent.size());
    assertTrue(attributes(sent.get(0)).contains("islet.state=given up"));
  }

  @Test
  void traces_go_out_by_otlp() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          byte[] body = exchange.getRequestBody().readAllBytes();
          bodies.add(type + new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try (CaseTraces traces =
        CaseTraces.to(
            "http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort()), LATER)) {
      Job job = records.running('a');
      traces.began(job);
      traces.stageEnded(job, CLIP, 1, 12);
    } finally {
      server.stop(0);
    }
    assertEquals(1, bodies.size());
    assertTrue(bodies.get(0).startsWith("application/x-protobuf"), bodies.get(0));
    for (String word : List.of("service.name", "islet.case", "aaaaaaaaaaaa", "clipped")) {
      assertTrue(bodies.get(0).contains(word), word);
    }
  }

  @Test
  void nobody_who_listens_keeps_the_end_waiting_for_ever() {
    long start = System.nanoTime();
    try (CaseTraces traces = CaseTraces.to("http://127.0.0.1:1/v1/traces", LATER)) {
      traces.began(records.running('a'));
    }
    assertTrue(System.nanoTime() - start < 10_000_000_000L);
    assertThrows(IllegalArgumentException.class, () -> CaseTraces.to("nowhere", LATER));
  }
}
