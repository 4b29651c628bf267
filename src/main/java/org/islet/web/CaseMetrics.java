package org.islet.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import org.islet.job.JobListener;
import org.islet.job.Workplace;
import org.islet.stage.StageRun;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Priority;
import org.islet.store.Request;
import org.islet.store.StoreException;

/**
 * Counts and times cases. No label names a case, a file or a patient: they are doors, states, codes
 * of reasons, routes, stages, models and priorities.
 */
@ApplicationScoped
public class CaseMetrics implements JobListener {

  /** The label of what is not known, or is not there. */
  private static final String NONE = "-";

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1)
  };

  private final MeterRegistry meters;
  private volatile JobStore store;

  @Inject
  CaseMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Shows from now on how many cases wait and are running, and what memory they have. */
  public void show(JobStore record, Workplace workplace) {
    show(record);
    memory(
        "islet.memory.admitted",
        "Java heap that the cases in work are taken to need",
        workplace::heapUsed);
    memory("islet.memory.for.cases", "Java heap that there is for cases", workplace::heapTotal);
  }

  /** Shows from now on how many cases wait and are running. */
  public void show(JobStore record) {
    store = record;
    CaseCounts counts = new CaseCounts(record);
    for (Priority priority : Priority.values()) {
      count("waiting", "Cases that wait for their turn", counts, JobState.ACCEPTED, priority);
      count("running", "Cases that a worker is at", counts, JobState.RUNNING, priority);
    }
    Gauge.builder("islet.requests.waiting", record, CaseMetrics::notLookedAt)
        .description("Requests that were taken down, and whose CTs were not looked at yet")
        .register(meters);
  }

  /** Shows from now on how much native memory networks use, of how much there is for them. */
  public void showInference(LongSupplier used, LongSupplier total) {
    memory("islet.inference.memory.used", "Native memory that networks at work use", used);
    memory("islet.inference.memory", "Native memory that there is for networks", total);
  }

  private static double notLookedAt(JobStore record) {
    try {
      return record.listing().countUnseen();
    } catch (StoreException e) {
      return Double.NaN;
    }
  }

  /** Shows from now on how many messages are in queues, by their names. */
  public void showQueues(Map<String, LongSupplier> depths) {
    depths.forEach(
        (queue, depth) ->
            Gauge.builder("islet.queue.messages", depth, LongSupplier::getAsLong)
                .tag("queue", queue)
                .description(
                    "Messages in a queue of the broker inside, taken by nobody for good yet")
                .strongReference(true)
                .register(meters));
  }

  private void count(
      String name, String description, CaseCounts counts, JobState state, Priority priority) {
    Gauge.builder("islet.cases." + name, counts, c -> c.of(state, priority))
        .tag("priority", priority.word())
        .description(description)
        .strongReference(true)
        .register(meters);
  }

  private void memory(String name, String description, LongSupplier bytes) {
    Gauge.builder(name, bytes, LongSupplier::getAsLong)
        .baseUnit("bytes")
        .description(description)
        .strongReference(true)
        .register(meters);
  }

  /** A model was loaded and warmed. */
  public void modelLoaded(String model, Duration took) {
    timer("islet.model.load", "Loading and warming of models", "model", model).record(took);
  }

  @Override
  public void accepted(Job job, Request request) {
    add(request.door(), job.state().isEnded() ? "repeated" : "accepted", null);
  }

  @Override
  public void refused(Request request) {
    add(request.door(), "refused", request.failure());
  }

  @Override
  public void redriven(Job job) {
    add(doorOf(job), "redriven", null);
  }

  @Override
  public void began(Job job) {
    add(doorOf(job), "begun", null);
    if (job.tries() == 1) {
      timer(
              "islet.case.wait",
              "How long cases waited for their turn",
              "priority",
              job.order().priority().word())
          .record(Duration.between(job.acceptedAt(), job.startedAt()));
    }
  }

  @Override
  public void stageEnded(Job job, StageRun run, int number, int stages) {
    timer("islet.stage", "Stages that ended", "stage", run.stage())
        .record(Duration.ofNanos((long) (run.seconds() * 1e9)));
  }

  @Override
  public void handedOn(Job job) {
    add(doorOf(job), "handed-on", null);
  }

  @Override
  public void willRetry(Job job) {
    add(doorOf(job), "retried", job.failure());
  }

  @Override
  public void ended(Job job) {
    add(doorOf(job), job.state().word(), job.state().hasResult() ? null : job.failure());
    if (job.state().hasResult()) {
      Instant began = job.startedAt();
      timer("islet.case", "Cases with a result, from begin to end", "route", job.order().route())
          .record(Duration.between(began, job.endedAt()));
    }
  }

  private void add(String door, String state, Failure failure) {
    meters
        .counter(
            "islet.cases",
            "door",
            door,
            "state",
            state,
            "reason",
            failure == null ? NONE : failure.code())
        .increment();
  }

  private Timer timer(String name, String description, String label, String value) {
    return Timer.builder(name)
        .description(description)
        .tag(label, value)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  /** The door of whoever asked for a case first. */
  private String doorOf(Job job) {
    try {
      JobStore record = store;
      return record == null
          ? NONE
          : record.requests().requestsOf(job.id()).stream()
              .findFirst()
              .map(Request::door)
              .orElse(NONE);
    } catch (StoreException e) {
      return NONE;
    }
  }
}
