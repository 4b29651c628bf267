package org.islet.cli;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is to be done before anything else ends when the process is asked to, as by SIGTERM: Quarkus
 * then ends its parts whatever the command does meanwhile.
 */
@Singleton
final class Ending {

  private static final int FIRST = 1;

  private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});

  /** Does something first when the process ends. */
  void first(Runnable work) {
    first.set(work);
  }

  void end(@Observes @Priority(FIRST) ShutdownEvent event) {
    first.get().run();
  }
}
