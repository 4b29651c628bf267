package org.islet.job;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
}
