package org.islet.job;

import java.util.Optional;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.Request;

/**
 * How a request ended.
 *
 * @param job the case that it became, which has ended; nothing if it became none
 */
public record Answer(Request request, Optional<Job> job) {

  /** Why there is no result; nothing if there is one. */
  public Optional<Failure> failure() {
    return job.map(j -> j.state().hasResult() ? null : j.failure())
        .or(() -> Optional.ofNullable(request.failure()));
  }
}
