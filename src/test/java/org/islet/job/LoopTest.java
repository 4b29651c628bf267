package org.islet.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.islet.store.StoreException;
import org.junit.jupiter.api.Test;

class LoopTest {

  @Test
  void a_loop_goes_on_after_trouble_and_tells_of_it_until_it_is_over() {
    AtomicBoolean full = new AtomicBoolean(true);
    Runnable round =
        () -> {
          if (full.get()) {
            throw new IllegalStateException("The disk is full.");
          }
        };
    try (Loop loop = new Loop("islet-test", Duration.ofMillis(10), round).start()) {
      await().until(() -> loop.trouble().equals(Optional.of("The disk is full.")));
      full.set(false);
      await().until(() -> loop.trouble().isEmpty());
    }
  }

  @Test
  void a_round_that_failed_is_done_again_soon_however_long_the_interval() {
    AtomicInteger rounds = new AtomicInteger();
    Runnable round =
        () -> {
          if (rounds.incrementAndGet() < 3) {
            throw new StoreException("The store cannot be asked.", null);
          }
        };
    try (Loop loop = new Loop("islet-test", Duration.ofHours(1), round).start()) {
      await().atMost(Duration.ofSeconds(9)).until(() -> rounds.get() == 3);
      await().until(() -> loop.trouble().isEmpty());
    }
  }

  @Test
  void a_loop_is_silent_while_a_round_is_under_way_and_not_between_two() {
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Runnable round =
        () -> {
          try {
            held.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          ended.incrementAndGet();
        };
    try (Loop loop = new Loop("islet-test", Duration.ofHours(1), round).start()) {
      await().until(() -> loop.silence().toMillis() > 300);
      held.countDown();
      await().until(() -> ended.get() == 1 && loop.silence().isZero());
    }
  }

  @Test
  void a_loop_whose_thread_has_died_is_silent_for_ever() {
    Runnable round = () -> Thread.currentThread().interrupt();
    try (Loop loop = new Loop("islet-test", Duration.ofMillis(10), round).start()) {
      await().until(() -> loop.silence().toDays() > 1);
    }
  }

  /** With what traces a loop tells of rounds that fail. */
  private static List<Optional<Throwable>> traces(RuntimeException failure) {
    List<Optional<Throwable>> traces = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            traces.add(Optional.ofNullable(entry.getThrown()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Loop.class.getName());
    logger.addHandler(handler);
    Runnable round =
        () -> {
          throw failure;
        };
    try (Loop loop = new Loop("islet-test", Duration.ofMillis(10), round).start()) {
      await().until(() -> loop.trouble().equals(Optional.of(failure.getMessage())));
    } finally {
      logger.removeHandler(handler);
    }
    return List.copyOf(traces);
  }

  @Test
  void trouble_with_the_store_is_told_in_its_sentence_and_a_mistake_with_its_trace() {
    assertEquals(
        List.of(Optional.empty()),
        traces(new StoreException("The store cannot be asked.", new IOException("inside"))));
    RuntimeException mistake = new IllegalStateException("a mistake");
    assertEquals(List.of(Optional.of(mistake)), traces(mistake));
  }
}
