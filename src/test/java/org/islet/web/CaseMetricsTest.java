package org.islet.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.islet.job.Workbench;
import org.islet.stage.StageRun;
import org.islet.store.Failure;
import org.islet.store.Incoming;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Order;
import org.islet.store.Priority;
import org.islet.store.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseMetricsTest {

  @TempDir Path folder;
  private JobStore store;
  private Records records;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final CaseMetrics metrics = new CaseMetrics(meters);

  @BeforeEach
  void open() {
    records = Records.in(folder);
    store = records.store();
  }

  @AfterEach
  void close() {
    records.close();
  }

  private double cases(String door, String state, String reason) {
    return meters
        .get("islet.cases")
        .tags("door", door, "state", state, "reason", reason)
        .counter()
        .count();
  }

  @Test
  void cases_are_counted_by_door_state_and_reason() {
    metrics.refused(
        store
            .requests()
            .refuse(
                records.received("queue", "x", Order.of("r")),
                new Failure("bad-request", "It asks for the moon."))
            .orElseThrow());
    metrics.ended(records.failed('b', "truncated"));
    Job done = records.done('c');
    metrics.ended(done);
    metrics.accepted(done, store.requests().requestsOf(done.id()).get(0));
    Job job = records.accepted('a');
    metrics.accepted(job, store.requests().requestsOf(job.id()).get(0));
    assertEquals(1, cases("folder", "accepted", "-"));
    assertEquals(1, cases("folder", "repeated", "-"));
    assertEquals(1, cases("queue", "refused", "bad-request"));
    assertEquals(1, cases("-", "failed", "truncated"));
    assertEquals(1, cases("-", "done", "-"));
  }

  @Test
  void what_people_do_is_counted_as_what_the_work_does() {
    metrics.redriven(records.failed('a', "truncated"));
    store.callOff(records.accepted('b').id());
    store.takeUntold(Set.of("folder")).forEach(metrics::ended);
    assertEquals(1, cases("-", "redriven", "-"));
    assertEquals(1, cases("-", "cancelled", "called-off"));
  }

  @Test
  void stages_cases_and_loads_are_timed() {
    Job job = records.running('a');
    metrics.stageEnded(job, new StageRun("clip", "clipped", 0, 0.5), 1, 12);
    metrics.began(job);
    metrics.ended(records.done('b'));
    metrics.modelLoaded("pancreas-fine/2", Duration.ofSeconds(3));
    assertEquals(0.5, seconds("islet.stage", "stage", "clip"), 1e-6);
    assertEquals(3, seconds("islet.model.load", "model", "pancreas-fine/2"), 1e-6);
    assertTrue(seconds("islet.case", "route", "r") >= 0);
    assertTrue(seconds("islet.case.wait", "priority", "routine") >= 0);
    assertTrue(
        meters.get("islet.stage").timer().takeSnapshot().histogramCounts().length > 10,
        "a histogram");
  }

  @Test
  void what_waits_in_queues_and_to_be_looked_at_is_shown() throws Exception {
    try (Workbench bench = new Workbench(folder.resolve("home"), Workbench::find)) {
      metrics.show(bench.store(), bench.workplace());
      metrics.showQueues(Map.of("islet.requests", () -> 7));
      bench
          .store()
          .requests()
          .receive(
              new Incoming("queue", "x", Order.of("r"), "x", "{}"),
              "another",
              Records.LEASE,
              job -> true);
      assertEquals(1, meters.get("islet.requests.waiting").gauge().value());
      assertEquals(
          7, meters.get("islet.queue.messages").tag("queue", "islet.requests").gauge().value());
    }
    assertTrue(Double.isNaN(meters.get("islet.requests.waiting").gauge().value()));
  }

  private double seconds(String name, String label, String value) {
    return meters
        .get(name)
        .tag(label, value)
        .timer()
        .totalTime(java.util.concurrent.TimeUnit.SECONDS);
  }

  @Test
  void the_record_is_asked_how_many_wait_and_nothing_is_said_while_it_is_away() {
    records.running('a');
    records.accepted("folder", 'b', Records.order(Priority.URGENT), 1L);
    CaseCounts counts = new CaseCounts(store);
    assertEquals(1, counts.of(JobState.ACCEPTED, Priority.URGENT));
    assertEquals(0, counts.of(JobState.ACCEPTED, Priority.ROUTINE));
    assertEquals(1, counts.of(JobState.RUNNING, Priority.ROUTINE));
    records.close();
    assertTrue(Double.isNaN(new CaseCounts(store).of(JobState.RUNNING, Priority.ROUTINE)));
  }
}
