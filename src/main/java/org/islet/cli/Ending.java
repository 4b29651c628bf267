package org.islet.cli;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;

/**
 * What is to be done before anything else ends when the process is asked to, as by SIGTERM: Quarkus
 * then ends its parts whatever the command does meanwhile.
 */
@Singleton
final class Ending {

  private static final int FIRST = 1;

  private Runnable first = () -> {};
  private boolean ended;

  /** Does something first when the process ends; at once if that has begun. */
  void first(Runnable work) {
    if (!kept(work)) {
      work.run();
    }
  }

  /**
   * @throws CancellationException if the process is ending, so that nothing is to begin any more
   */
  synchronized void requireNotBegun() {
    if (ended) {
      throw new CancellationException("The process is ending.");
    }
  }

  private synchronized boolean kept(Runnable work) {
    first = work;
    return !ended;
  }

  void end(@Observes @Priority(FIRST) ShutdownEvent event) {
    begun().run();
  }

  private synchronized Runnable begun() {
    ended = true;
    return first;
  }
}
