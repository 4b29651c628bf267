package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InferenceMemoryTest {

  private static final long MIB = 1 << 20;

  private final InferenceMemory memory = new InferenceMemory(4 * MIB);
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private CompletableFuture<Void> hold(long bytes) throws InterruptedException {
    var held =
        CompletableFuture.runAsync(
            () ->
                memory.use(
                    bytes,
                    () -> {
                      running.countDown();
                      await(mayEnd);
                    }));
    running.await();
    return held;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void work_that_does_not_fit_beside_what_runs_waits_for_it()
      throws InterruptedException, ExecutionException {
    var first = hold(3 * MIB);
    var second = CompletableFuture.runAsync(() -> memory.use(MIB + 1, () -> {}));
    assertThrows(TimeoutException.class, () -> second.get(100, TimeUnit.MILLISECONDS));
    mayEnd.countDown();
    second.get();
    first.get();
  }

  @Test
  void work_that_fits_beside_what_runs_does_not_wait()
      throws InterruptedException, ExecutionException {
    var first = hold(3 * MIB);
    AtomicBoolean ran = new AtomicBoolean();
    memory.use(MIB, () -> ran.set(true));
    assertTrue(ran.get());
    mayEnd.countDown();
    first.get();
  }

  @Test
  void work_larger_than_all_memory_has_it_to_itself()
      throws InterruptedException, ExecutionException {
    var first = hold(1);
    var large = CompletableFuture.runAsync(() -> memory.use(100 * MIB, () -> {}));
    assertThrows(TimeoutException.class, () -> large.get(100, TimeUnit.MILLISECONDS));
    mayEnd.countDown();
    large.get();
    first.get();
  }

  @Test
  void work_that_fails_gives_its_memory_back() {
    for (int i = 0; i < 2; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              memory.use(
                  4 * MIB,
                  () -> {
                    throw new IllegalStateException();
                  }));
    }
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> memory.use(4 * MIB, () -> {}));
  }

  @Test
  void is_counted_in_whole_mebibytes_and_refused_below_one() {
    assertEquals(4 * MIB, new InferenceMemory(5 * MIB - 1).total());
    var refusal = assertThrows(IllegalArgumentException.class, () -> new InferenceMemory(MIB - 1));
    assertEquals(
        "The memory for inference must be at least 1 MiB, not 1048575 bytes.",
        refusal.getMessage());
  }
}
