package org.islet.job;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.islet.store.Job;

/**
 * Begins cases in the order of their turns, as many at one time as memory and the rules allow. A
 * case that does not fit beside those in work lets no smaller one behind it pass, so it waits no
 * longer than for these.
 */
final class Dispatcher implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Worker worker;
  private final Memory memory;
  private final JobRun.Maker runs;
  private final Map<String, JobRun> running = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(work -> new Thread(work, "islet-case"));
  private final Loop loop = new Loop("islet-dispatch", INTERVAL, this::round);
  private volatile boolean stopped;

  Dispatcher(Worker worker, Memory memory, JobRun.Maker runs) {
    this.worker = worker;
    this.memory = memory;
    this.runs = runs;
  }

  void start() {
    loop.start();
  }

  Loop loop() {
    return loop;
  }

  void wake() {
    loop.wake();
  }

  List<JobRun> running() {
    return List.copyOf(running.values());
  }

  private void round() {
    while (!stopped && running.size() < worker.rules().atOnce() && beganNext()) {}
  }

  private boolean beganNext() {
    Optional<Job> next = worker.store().next(isOffPeak());
    if (next.isEmpty() || mustWaitAlone(next.get())) {
      return false;
    }
    long bytes = next.get().heapBytes() == null ? 0 : next.get().heapBytes();
    if (!memory.take(bytes)) {
      return false;
    }
    Optional<Job> begun = Optional.empty();
    try {
      begun = worker.store().begin(next.get(), worker.id(), worker.rules().lease());
      begun.ifPresent(job -> run(job, bytes));
    } finally {
      if (begun.isEmpty()) {
        memory.give(bytes);
      }
    }
    return true;
  }

  /** A case under which processes ended may be why they did, so no other shall suffer with it. */
  private boolean mustWaitAlone(Job next) {
    return !running.isEmpty()
        && (WorkRules.isSuspect(next.tries())
            || running.values().stream()
                .anyMatch(run -> WorkRules.isSuspect(run.job().tries() - 1)));
  }

  private boolean isOffPeak() {
    return worker
        .rules()
        .offPeak()
        .map(hours -> hours.contain(LocalTime.now(ZoneId.systemDefault())))
        .orElse(true);
  }

  private void run(Job job, long bytes) {
    JobRun run = runs.make(job);
    running.put(key(job), run);
    threads.execute(
        () -> {
          try {
            run.run();
          } finally {
            running.remove(key(job));
            memory.give(bytes);
            loop.wake();
          }
        });
  }

  /** Whether an attempt is in work here. */
  boolean isInWork(Job attempt) {
    return running.containsKey(key(attempt));
  }

  /** An attempt that was overtaken may still be at it beside the one that overtook it. */
  static String key(Job job) {
    return job.id() + "#" + job.attempt();
  }

  /** Begins no more cases. */
  void stop() {
    stopped = true;
    loop.close();
  }

  @Override
  public void close() {
    stop();
    threads.shutdown();
  }
}
