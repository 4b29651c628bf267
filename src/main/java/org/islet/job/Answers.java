package org.islet.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.islet.store.Job;
import org.islet.store.Request;
import org.jboss.logging.Logger;

/** Answers the requests of a door whose cases have ended, until each answer has got through. */
final class Answers {

  private static final Logger LOG = Logger.getLogger(Answers.class);

  /** After which another worker than the one that received a request answers it. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How long answers are begun when the work ends. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  private static final int MOST_AT_ONCE = 100;

  private final Worker worker;
  private final String door;
  private final Function<Request, Door> doors;
  private final Loop loop;
  private final Troubles troubles = new Troubles();
  private volatile boolean stopped;

  /**
   * @param doors the door by which a request came
   */
  Answers(Worker worker, String door, Function<Request, Door> doors) {
    this.worker = worker;
    this.door = door;
    this.doors = doors;
    this.loop = new Loop("islet-answer-" + door, INTERVAL, this::round, this::lastRound);
  }

  Answers start() {
    loop.start();
    return this;
  }

  void wake() {
    loop.wake();
  }

  private void round() {
    for (Request request : waiting()) {
      if (stopped) {
        return;
      }
      answer(request);
    }
  }

  /** What is left is answered after the next start. */
  private void lastRound() {
    long end = System.nanoTime() + LAST_ANSWERS.toNanos();
    for (Request request : waiting()) {
      if (System.nanoTime() > end || !answer(request)) {
        return;
      }
    }
  }

  private List<Request> waiting() {
    return worker
        .store()
        .requests()
        .unanswered(door, worker.id(), PATIENCE, worker::isGone, MOST_AT_ONCE);
  }

  /** Answers a request; false if that cannot be done now. */
  private boolean answer(Request request) {
    Optional<Job> job = Optional.ofNullable(request.caseId()).flatMap(worker.store()::find);
    if (job.isPresent() && !job.get().state().isEnded()) {
      return true; // it was begun again meanwhile
    }
    try {
      doors.apply(request).answer(new Answer(request, job));
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      tell(FailureText.withoutNames(e));
      Duration pause = worker.rules().pauseAfterAnswer(request.answerTries() + 1);
      worker.store().requests().answerLater(request, pause);
      return false;
    }
    CrashPoint.reached("answered");
    worker.store().requests().answered(request);
    worker.news().answered(request);
    return true;
  }

  private void tell(String trouble) {
    if (troubles.isNews(trouble)) {
      LOG.warnf("a request of the %s cannot be answered now: %s", door, trouble);
    }
  }

  /**
   * Answers what can be answered in a moment, and nothing more; of what does not get through then,
   * nothing is tried again.
   */
  void stop() {
    stopped = true;
    loop.stop();
  }

  /** Waits until that is so, though not for longer than some nanoseconds. */
  void await(long nanos) {
    loop.await(nanos);
  }
}
