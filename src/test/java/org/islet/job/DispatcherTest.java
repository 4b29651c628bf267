package org.islet.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.islet.store.Attempt;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {

  @TempDir Path folder;

  /** Threads of which the first few cannot be had; those that can do nothing. */
  private static final class FewThreads extends AbstractExecutorService {
    private final AtomicInteger missing = new AtomicInteger(2);
    private final List<Runnable> taken = new CopyOnWriteArrayList<>();

    @Override
    public void execute(Runnable work) {
      if (missing.getAndDecrement() > 0) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      taken.add(work);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  @Test
  void no_case_is_begun_while_it_would_be_of_no_use() throws Exception {
    try (Records records = Records.in(folder);
        Presence presence = Presence.announce(folder, "worker", Duration.ofMinutes(1))) {
      Job waiting = records.accepted('a');
      Worker worker =
          new Worker("worker", presence, records.store(), Workbench.RULES, new JobListeners());
      JobRun.Maker runs = new JobRun.Maker(worker, null, null, null, null, null, null, null, null);
      AtomicReference<String> lack = new AtomicReference<>("the results are away");
      Memory memory = new Memory(1L << 20);
      FewThreads threads = new FewThreads();
      try (Dispatcher dispatcher =
          new Dispatcher(
              worker,
              memory,
              runs,
              () -> Set.of("folder"),
              () -> Optional.ofNullable(lack.get()),
              threads)) {
        dispatcher.start();
        await().until(() -> dispatcher.held().equals(Optional.of("the results are away")));
        dispatcher.wake();
        Thread.sleep(700);
        assertEquals(0, records.store().find(waiting.id()).orElseThrow().tries());
        lack.set(null);
        await().until(() -> dispatcher.held().isEmpty() && threads.taken.size() == 1);
      }
    }
  }

  @Test
  void a_case_for_which_no_thread_can_be_had_is_put_back_and_begun_again() throws Exception {
    try (Records records = Records.in(folder);
        Presence presence = Presence.announce(folder, "worker", Duration.ofMinutes(1))) {
      JobStore store = records.store();
      Job waiting = records.accepted('a');
      Worker worker = new Worker("worker", presence, store, Workbench.RULES, new JobListeners());
      Memory memory = new Memory(1L << 20);
      JobRun.Maker runs = new JobRun.Maker(worker, null, null, null, null, null, null, null, null);
      FewThreads threads = new FewThreads();
      try (Dispatcher dispatcher =
          new Dispatcher(worker, memory, runs, () -> Set.of("folder"), Optional::empty, threads)) {
        dispatcher.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> threads.taken.size() == 1);
        Job job = store.find(waiting.id()).orElseThrow();
        assertEquals(JobState.RUNNING, job.state());
        assertEquals(1, job.tries());
        assertEquals(
            List.of("put-back", "put-back", "running"),
            store.attempts(job.id()).stream().map(Attempt::outcome).toList());
        assertTrue(dispatcher.isInWork(job));
        assertEquals(1, dispatcher.running().size());
        assertEquals(1, memory.used());
      }
    }
  }
}
