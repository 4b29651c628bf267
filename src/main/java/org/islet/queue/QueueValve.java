package org.islet.queue;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.islet.job.FailureText;
import org.islet.job.Gate;
import org.jboss.logging.Logger;

/** Suspends the routes that take messages in while the queue is shut, so that these stay there. */
public final class QueueValve implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(QueueValve.class);
  private static final long INTERVAL_MS = 500;

  private final CamelContext context;
  private final Gate gate;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "islet-valve"));
  private ScheduledFuture<?> looking;
  private boolean shut;

  public QueueValve(CamelContext context, Gate gate) {
    this.context = context;
    this.gate = gate;
  }

  /** Looks from now on; routes that take messages in must be there, and need not be started. */
  public QueueValve start() {
    looking = clock.scheduleWithFixedDelay(this::look, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    return this;
  }

  private void look() {
    try {
      boolean now = gate.shut(QueueDoor.NAME).isPresent();
      if (now != shut) {
        for (Route route : context.getRoutes()) {
          if (route.getEndpoint().getEndpointUri().startsWith(QueueComponent.SCHEME + ":")) {
            turn(route.getRouteId(), now);
          }
        }
        shut = now;
      }
    } catch (Exception e) { // of Camel, or of the store; the next look may do
      LOG.warnf("the queue cannot be shut or opened now: %s", FailureText.ofCause(e));
    }
  }

  private void turn(String route, boolean off) throws Exception {
    if (off) {
      context.getRouteController().suspendRoute(route);
    } else {
      context.getRouteController().resumeRoute(route);
    }
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.cancel(false);
    }
    clock.shutdown();
    try {
      clock.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
