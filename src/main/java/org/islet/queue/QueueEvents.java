package org.islet.queue;

import jakarta.jms.JMSRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.islet.job.JobListener;
import org.islet.stage.StageRun;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Request;
import org.islet.store.StoreException;
import org.jboss.logging.Logger;

/**
 * Tells everybody who listens to the topic of events how cases get on, once for each request. An
 * event may be lost with the process or the broker; the reply to a request is not.
 */
public final class QueueEvents implements JobListener, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(QueueEvents.class);
  private static final int MOST_WAITING = 10_000;

  private final QueueService queue;
  private final JobStore store;

  /** One thread, so that events keep their order; the oldest is dropped where too many wait. */
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> new Thread(work, "islet-events"),
          new ThreadPoolExecutor.DiscardOldestPolicy());

  private final Askers askers = new Askers();
  private String lastTrouble = "";

  public QueueEvents(QueueService queue, JobStore store) {
    this.queue = queue;
    this.store = store;
  }

  private interface Event {
    ReplyMessage about(ReplyMessage.About about);
  }

  private void later(Runnable telling) {
    if (queue.isHeard()) {
      sender.execute(() -> tellIfKnown(telling));
    }
  }

  /** While the record is away nobody knows whom to tell; that it is, others say. */
  private static void tellIfKnown(Runnable telling) {
    try {
      telling.run();
    } catch (StoreException e) {
      LOG.debug("an event is lost, as the record is away", e);
    }
  }

  private void tell(Job job, Event event) {
    later(() -> tell(job, askers.now(job.id()), event));
  }

  private void tell(Job job, List<Request> requests, Event event) {
    requests.forEach(request -> publish(event.about(about(request, job))));
  }

  /**
   * Who asked for cases, remembered for a moment, as stages end one soon after the other. For the
   * sender's thread alone.
   */
  private final class Askers {

    private static final int MOST = 64;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Map<String, Known> known = new LinkedHashMap<>();

    private record Known(List<Request> requests, long since) {
      boolean isOld() {
        return System.nanoTime() - since > MOMENT.toNanos();
      }
    }

    List<Request> now(String caseId) {
      Known found = new Known(store.requests().requestsOf(caseId), System.nanoTime());
      known.values().removeIf(Known::isOld);
      if (known.size() < MOST) {
        known.put(caseId, found);
      }
      return found.requests();
    }

    List<Request> lately(String caseId) {
      Known found = known.get(caseId);
      return found == null || found.isOld() ? now(caseId) : found.requests();
    }
  }

  private void publish(ReplyMessage message) {
    try {
      queue.publish(message);
      lastTrouble = "";
    } catch (JMSRuntimeException e) {
      String trouble = BrokerTrouble.of(e);
      if (!trouble.equals(lastTrouble)) {
        LOG.warnf("events do not get through: %s", trouble);
      }
      lastTrouble = trouble;
    }
  }

  private static ReplyMessage.About about(Request request, Job job) {
    return isOfQueue(request) ? RequestDetails.of(request).about(request, job) : plain(request);
  }

  private static ReplyMessage.About about(Request request) {
    return isOfQueue(request) ? RequestDetails.of(request).about(request) : plain(request);
  }

  private static boolean isOfQueue(Request request) {
    return request.door().equals(QueueDoor.NAME);
  }

  private static ReplyMessage.About plain(Request request) {
    return new ReplyMessage.About(null, request.caseId(), null, false, request.repeated(), null);
  }

  @Override
  public void accepted(Job job, Request request) {
    Instant time = Instant.now();
    later(
        () -> {
          ReplyMessage.About about = about(request, job);
          publish(
              job.state().hasResult()
                  ? QueueDoor.done(about, job)
                  : ReplyMessage.of(ReplyMessage.Type.ACCEPTED, about, time));
        });
  }

  @Override
  public void redriven(Job job) {
    Instant time = Instant.now();
    tell(job, about -> ReplyMessage.of(ReplyMessage.Type.ACCEPTED, about, time));
  }

  @Override
  public void began(Job job) {
    Instant time = Instant.now();
    tell(job, about -> ReplyMessage.of(ReplyMessage.Type.STARTED, about, time));
  }

  @Override
  public void stageEnded(Job job, StageRun run, int number, int stages) {
    Instant time = Instant.now();
    Event ended = about -> ReplyMessage.stage(about, time, run.stage(), number, stages);
    later(() -> tell(job, askers.lately(job.id()), ended));
  }

  @Override
  public void refused(Request request) {
    later(
        () ->
            publish(ReplyMessage.failed(about(request), request.receivedAt(), request.failure())));
  }

  @Override
  public void ended(Job job) {
    tell(
        job,
        about ->
            job.state().hasResult()
                ? QueueDoor.done(about, job)
                : job.state() == JobState.CANCELLED
                    ? ReplyMessage.of(ReplyMessage.Type.CANCELLED, about, job.endedAt())
                    : ReplyMessage.failed(about, job.endedAt(), job.failure()));
  }

  /** Sends what waits, for a while. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      sender.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.shutdownNow();
  }
}
