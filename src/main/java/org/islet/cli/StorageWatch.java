package org.islet.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.islet.job.FailureText;
import org.islet.object.ObjectStoreException;
import org.islet.object.ObjectStoreException.Kind;
import org.islet.publish.ResultObjects;
import org.jboss.logging.Logger;

/**
 * Looks whether results can be put into object storage, and clears away there what is abandoned.
 */
final class StorageWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(StorageWatch.class);
  private static final Duration CLEARING = Duration.ofDays(1);

  private final ResultObjects results;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(StorageWatch::thread);
  private volatile Optional<String> trouble = Optional.empty();
  private Instant cleared = Instant.EPOCH;

  /**
   * Looks at once, and then again and again. Storage that is away may come.
   *
   * @throws SettingException if results would not be safe there
   */
  StorageWatch(ResultObjects results, Duration pause) {
    this.results = results;
    try {
      look();
    } catch (ObjectStoreException e) {
      timer.shutdownNow();
      throw new SettingException("islet.results cannot be used. " + e.getMessage());
    }
    var unused =
        timer.scheduleWithFixedDelay(
            this::lookAndClear, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "islet-storage");
    thread.setDaemon(true);
    return thread;
  }

  /** Why no result can be put there now. */
  Optional<String> trouble() {
    return trouble;
  }

  /**
   * @throws ObjectStoreException if storage can never be used
   */
  private void look() throws ObjectStoreException {
    try {
      results.requireInOrder();
      trouble = Optional.empty();
    } catch (ObjectStoreException e) {
      trouble = Optional.of("results cannot be put away. " + e.getMessage());
      if (e.kind() == Kind.UNSUPPORTED) {
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      trouble = Optional.of("results cannot be put away. " + FailureText.withoutNames(e));
    }
  }

  private void lookAndClear() {
    try {
      look();
      if (trouble.isEmpty() && cleared.plus(CLEARING).isBefore(Instant.now())) {
        results.clearAbandoned();
        cleared = Instant.now();
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.debug("object storage could not be looked at or cleared", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
