package org.islet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.islet.store.Job;
import org.islet.store.Pace;
import org.islet.store.Priority;

/**
 * Reckons when waiting cases are likely to begin: each case is taken to last as its voxels did in
 * the latest cases of its route, and to begin as soon as one before it has ended. Memory may let
 * fewer be in work at one time than the rules do; that is not foreseen.
 */
final class Turns {

  private final List<Pace> paces;
  private final WaitingRules rules;
  private final Instant now;

  /**
   * @param paces of the latest cases
   */
  Turns(List<Pace> paces, WaitingRules rules, Instant now) {
    this.paces = paces;
    this.rules = rules;
    this.now = now;
  }

  /**
   * The turns of cases that wait.
   *
   * @param waiting in the order of their turns
   */
  List<Turn> of(List<Job> running, List<Job> waiting) {
    PriorityQueue<Double> free = whenFree(running);
    List<Turn> turns = new ArrayList<>();
    int place = 0;
    for (Job job : waiting) {
      Optional<String> held = held(job);
      if (held.isPresent()) {
        turns.add(turn(job, null, null, held.get(), heldUntil(job)));
      } else {
        double begin = free.remove();
        free.add(begin + seconds(job).orElse(Double.POSITIVE_INFINITY));
        turns.add(turn(job, ++place, Double.isInfinite(begin) ? null : begin, null, null));
      }
    }
    return turns;
  }

  private static Turn turn(Job job, Integer place, Double wait, String held, Instant notBefore) {
    return new Turn(
        job.id(),
        job.order().route(),
        job.order().priority().word(),
        job.pool(),
        job.acceptedAt(),
        place,
        wait,
        held,
        notBefore);
  }

  /** When each of the places at which cases are worked on is free, in seconds from now. */
  private PriorityQueue<Double> whenFree(List<Job> running) {
    long workers = Math.max(1, running.stream().map(Job::worker).distinct().count());
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (Job job : running) {
      double since = Duration.between(job.startedAt(), now).toMillis() / 1e3;
      OptionalDouble whole = seconds(job);
      free.add(
          whole.isPresent() ? Math.max(0, whole.getAsDouble() - since) : Double.POSITIVE_INFINITY);
    }
    while (free.size() < workers * rules.atOnce()) {
      free.add(0.0);
    }
    return free;
  }

  private Optional<String> held(Job job) {
    if (heldUntil(job) != null) {
      return Optional.of(
          "retry after " + (job.failure() == null ? "trouble" : job.failure().code()));
    }
    boolean mustWait = job.order().priority() == Priority.OFF_PEAK && !rules.isOffPeak(now);
    return mustWait
        ? rules.offPeak().map(hours -> "off peak, from " + hours.from())
        : Optional.empty();
  }

  private Instant heldUntil(Job job) {
    return job.notBefore().isAfter(now) ? job.notBefore() : null;
  }

  /** How long a case is taken to last; one whose CT cannot be read fails at once. */
  private OptionalDouble seconds(Job job) {
    if (job.voxels() == null) {
      return OptionalDouble.of(0);
    }
    List<Pace> own =
        paces.stream().filter(pace -> pace.route().equals(job.order().route())).toList();
    List<Pace> like = own.isEmpty() ? paces : own;
    double voxels = like.stream().mapToLong(Pace::voxels).sum();
    double seconds = like.stream().mapToDouble(Pace::seconds).sum();
    return voxels > 0 ? OptionalDouble.of(job.voxels() * seconds / voxels) : OptionalDouble.empty();
  }
}
