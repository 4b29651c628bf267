package org.islet.job;

import org.islet.stage.StageRun;
import org.islet.store.Job;
import org.islet.store.Request;

/** Hears of every change in the life of cases and requests, from several threads. */
public interface JobListener {

  /** A request has its case, which may have a result already. */
  default void accepted(Job job, Request request) {}

  /** A request became no case. */
  default void refused(Request request) {}

  /** Somebody wants a case tried again that had ended without a result. */
  default void redriven(Job job) {}

  /** An attempt begins. */
  default void began(Job job) {}

  /**
   * A stage ended.
   *
   * @param number how many have in this attempt
   * @param stages how many a case passes at the most
   */
  default void stageEnded(Job job, StageRun run, int number, int stages) {}

  /** A case was handed to the workers of another pool, for whose turn it waits. */
  default void handedOn(Job job) {}

  /** An attempt came to no end, and another will be made. */
  default void willRetry(Job job) {}

  /** The case has ended: with a result, without one, or called off. */
  default void ended(Job job) {}

  /** Whoever asked was told. */
  default void answered(Request request) {}
}
