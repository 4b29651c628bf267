package org.islet.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.islet.job.FailureText;
import org.islet.job.Gate;
import org.jboss.logging.Logger;

/**
 * Suspends the routes that take messages in while the queue is shut, so that these stay there; and
 * looks now and then whether the broker is.
 */
public final class QueueValve implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(QueueValve.class);
  private static final long INTERVAL_MS = 500;

  private static final long PROBE_MS = 2000;

  private final CamelContext context;
  private final Gate gate;
  private final QueueService queue;
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(2, QueueValve::daemon);
  private final List<ScheduledFuture<?>> looking = new ArrayList<>();

  public QueueValve(CamelContext context, Gate gate, QueueService queue) {
    this.queue = queue;
    this.context = context;
    this.gate = gate;
  }

  /** Looks at once, and now and then from now on; routes that take messages in may start later. */
  public QueueValve start() {
    look();
    looking.add(
        clock.scheduleWithFixedDelay(this::look, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS));
    looking.add(clock.scheduleWithFixedDelay(queue::probe, 0, PROBE_MS, TimeUnit.MILLISECONDS));
    return this;
  }

  /** One that waits for a broker which is away must not keep the process from ending. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "islet-valve");
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    try {
      boolean shut = gate.shut(QueueDoor.NAME).isPresent();
      for (Route route : context.getRoutes()) {
        if (route.getEndpoint().getEndpointUri().startsWith(QueueComponent.SCHEME + ":")) {
          turn(route.getRouteId(), shut);
        }
      }
    } catch (Exception | Error e) { // of Camel, or of the store; the next look may do
      LOG.warnf("the queue cannot be shut or opened now: %s", FailureText.ofCause(e));
    }
  }

  /** As the route stands now: it may have been started since, or have been left as it was. */
  private void turn(String route, boolean off) throws Exception {
    ServiceStatus now = context.getRouteController().getRouteStatus(route);
    if (off && now.isStarted()) {
      context.getRouteController().suspendRoute(route);
    } else if (!off && now.isSuspended()) {
      context.getRouteController().resumeRoute(route);
    }
  }

  @Override
  public void close() {
    looking.forEach(each -> each.cancel(false));
    clock.shutdown();
    try {
      clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
