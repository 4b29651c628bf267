package org.islet.job;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.islet.stage.StageRun;
import org.islet.store.Job;
import org.islet.store.Request;
import org.jboss.logging.Logger;

/** Several listeners as one; what goes wrong in one of them changes nothing for a case. */
public final class JobListeners implements JobListener {

  private static final Logger LOG = Logger.getLogger(JobListeners.class);

  private final List<JobListener> listeners = new CopyOnWriteArrayList<>();

  /** Tells another one, too, from now on. */
  public void add(JobListener listener) {
    listeners.add(listener);
  }

  private void tell(Consumer<JobListener> news) {
    for (JobListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.warnf(e, "news of a case did not get through: %s", FailureText.ofCause(e));
      }
    }
  }

  @Override
  public void accepted(Job job, Request request) {
    tell(listener -> listener.accepted(job, request));
  }

  @Override
  public void refused(Request request) {
    tell(listener -> listener.refused(request));
  }

  @Override
  public void redriven(Job job) {
    tell(listener -> listener.redriven(job));
  }

  @Override
  public void began(Job job) {
    tell(listener -> listener.began(job));
  }

  @Override
  public void stageEnded(Job job, StageRun run, int number, int stages) {
    tell(listener -> listener.stageEnded(job, run, number, stages));
  }

  @Override
  public void handedOn(Job job) {
    tell(listener -> listener.handedOn(job));
  }

  @Override
  public void willRetry(Job job) {
    tell(listener -> listener.willRetry(job));
  }

  @Override
  public void ended(Job job) {
    tell(listener -> listener.ended(job));
  }

  @Override
  public void answered(Request request) {
    tell(listener -> listener.answered(request));
  }
}
