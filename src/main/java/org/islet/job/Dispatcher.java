package org.islet.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.islet.store.Job;
import org.islet.store.Wanted;
import org.jboss.logging.Logger;

/**
 * Begins cases in the order of their turns, as many at one time as memory and the rules allow. A
 * case that does not fit beside those in work lets no smaller one behind it pass, so it waits no
 * longer than for these.
 */
final class Dispatcher implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Worker worker;
  private final Memory memory;
  private final JobRun.Maker runs;
  private final Supplier<Set<String>> doors;
  private final Supplier<Optional<String>> lack;
  private final Map<String, JobRun> running = new ConcurrentHashMap<>();
  private final ExecutorService threads;
  private final Loop loop = new Loop("islet-dispatch", INTERVAL, this::round);
  private volatile Optional<String> held = Optional.empty();
  private volatile boolean stopped;

  /**
   * @param doors the names of those by which CTs can be got at here; cases that came by others are
   *     left alone
   * @param lack why a case that ran now would be of no use, as a sentence; none is begun then
   */
  Dispatcher(
      Worker worker,
      Memory memory,
      JobRun.Maker runs,
      Supplier<Set<String>> doors,
      Supplier<Optional<String>> lack) {
    this(worker, memory, runs, doors, lack, threads(worker.rules().atOnce()));
  }

  Dispatcher(
      Worker worker,
      Memory memory,
      JobRun.Maker runs,
      Supplier<Set<String>> doors,
      Supplier<Optional<String>> lack,
      ExecutorService threads) {
    this.threads = threads;
    this.worker = worker;
    this.memory = memory;
    this.runs = runs;
    this.doors = doors;
    this.lack = lack;
  }

  /** Threads that are there already when a case is begun. */
  private static ExecutorService threads(int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> new Thread(work, "islet-case"));
    threads.prestartAllCoreThreads();
    return threads;
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
    while (!stopped && running.size() < worker.rules().atOnce() && lacksNothing() && beganNext()) {}
  }

  private boolean lacksNothing() {
    Optional<String> now = lack.get();
    if (now.isPresent() && held.isEmpty()) {
      LOG.warnf("no case is begun: %s", now.get());
    } else if (now.isEmpty() && held.isPresent()) {
      LOG.info("cases are begun again");
    }
    held = now;
    return now.isEmpty();
  }

  /** Why no case is begun, as it was last looked. */
  Optional<String> held() {
    return held;
  }

  private boolean beganNext() {
    WorkRules rules = worker.rules();
    Wanted wanted =
        new Wanted(doors.get(), rules.pools(), Hours.isOffPeak(rules.offPeak(), Instant.now()));
    Optional<Job> begun =
        worker.store().beginNext(wanted, worker.id(), rules.lease(), this::mayBegin);
    begun.ifPresent(this::run);
    return begun.isPresent();
  }

  private boolean mayBegin(Job next) {
    return !mustWaitAlone(next) && memory.hasRoomFor(heapBytes(next));
  }

  private static long heapBytes(Job job) {
    return job.heapBytes() == null ? 0 : job.heapBytes();
  }

  /** A case under which processes ended may be why they did, so no other shall suffer with it. */
  private boolean mustWaitAlone(Job next) {
    List<JobRun> others = running().stream().filter(run -> !run.isStalled()).toList();
    return !others.isEmpty()
        && (WorkRules.isSuspect(next.tries())
            || others.stream().anyMatch(run -> WorkRules.isSuspect(run.job().tries() - 1)));
  }

  private void run(Job job) {
    JobRun run = runs.make(job);
    memory.take(heapBytes(job));
    running.put(key(job), run);
    try {
      threads.execute(
          () -> {
            try {
              run.run();
            } finally {
              ended(job);
              loop.wake();
            }
          });
    } catch (RuntimeException | Error e) { // no thread can be had
      ended(job);
      worker.store().putBack(job);
      throw e;
    }
  }

  private void ended(Job job) {
    running.remove(key(job));
    memory.give(heapBytes(job));
  }

  /** The attempts that have not got on for longer than a stage may take. */
  List<JobRun> stalled() {
    return running().stream().filter(JobRun::isStalled).toList();
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
