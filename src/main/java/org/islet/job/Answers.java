package org.islet.job;

import java.time.Duration;
import java.util.Optional;
import org.islet.store.Job;
import org.islet.store.Request;
import org.jboss.logging.Logger;

/** Answers the requests of a door whose cases have ended, until each answer has got through. */
final class Answers implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Answers.class);

  /** After which another worker than the one that received a request answers it. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_AT_ONCE = 100;

  private final Worker worker;
  private final Door door;
  private final Loop loop;
  private final Troubles troubles = new Troubles();

  Answers(Worker worker, Door door) {
    this.worker = worker;
    this.door = door;
    this.loop = new Loop("islet-answer-" + door.name(), INTERVAL, this::round);
  }

  Answers start() {
    loop.start();
    return this;
  }

  void wake() {
    loop.wake();
  }

  private void round() {
    worker
        .store()
        .unanswered(door.name(), worker.id(), PATIENCE, worker::isGone, MOST_AT_ONCE)
        .forEach(this::answer);
  }

  private void answer(Request request) {
    Optional<Job> job = Optional.ofNullable(request.caseId()).flatMap(worker.store()::find);
    if (job.isPresent() && !job.get().state().isEnded()) {
      return; // it was begun again meanwhile
    }
    try {
      door.answer(new Answer(request, job));
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      tell(FailureText.withoutNames(e));
      worker.store().answerLater(request, PAUSE);
      return;
    }
    CrashPoint.reached("answered");
    worker.store().answered(request);
    worker.news().answered(request);
  }

  private void tell(String trouble) {
    if (troubles.isNews(trouble)) {
      LOG.warnf("a request of the %s cannot be answered now: %s", door.name(), trouble);
    }
  }

  @Override
  public void close() {
    loop.close();
    try {
      round();
    } catch (RuntimeException e) {
      LOG.debug("the last answers will be given after the next start", e);
    }
  }
}
