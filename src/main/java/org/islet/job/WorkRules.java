package org.islet.job;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How cases are worked on.
 *
 * @param atOnce how many may be in work at one time, at the most
 * @param attempts how often in a row the process may end under a case after the same stage
 * @param retries how often a case or a request is tried again at the most after trouble that may
 *     pass
 * @param retryPause before the first of these, and before an answer that did not get through is
 *     given again; each further one is four times as long, with answers twice
 * @param lease after which another worker may take over a case that nobody has heard of
 * @param stageLimit how long a stage, reading or publishing may take before the case is given up
 *     here
 * @param grace how long running cases may go on when the process is asked to end
 * @param pools whose cases are taken; none for all
 * @param offPeak when cases that are to run off peak may; nothing for always, after all others
 */
public record WorkRules(
    int atOnce,
    int attempts,
    int retries,
    Duration retryPause,
    Duration lease,
    Duration stageLimit,
    Duration grace,
    Set<String> pools,
    Optional<Hours> offPeak) {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration LONGEST_PAUSE_OF_LOST = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE_OF_ANSWER = Duration.ofSeconds(30);

  /** So many processes may end under a case before it has to wait. */
  private static final int LOST_WITHOUT_PAUSE = 2;

  /** So many times in a row may a case not get on. */
  private static final int MOST_STALLS = 3;

  /** So many times {@link #attempts} may the process end under a case at all. */
  private static final int ATTEMPTS_ANYWHERE = 5;

  public WorkRules {
    pools = Set.copyOf(pools);
    if (atOnce < 1 || attempts < 1 || retries < 0 || lease.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "islet.cases.at-once and .attempts must be at least 1, .retries at least 0 and .lease at least 1s.");
    }
  }

  /** Whether the cases of a pool are taken. */
  boolean serves(String pool) {
    return pools.isEmpty() || pools.contains(pool);
  }

  /** The pause after trouble that may pass. */
  Duration pauseAfterTrouble(int tries) {
    return growing(retryPause, 2 * Math.max(0, tries - 1), LONGEST_PAUSE);
  }

  /** The pause after the process has ended under a case for so many times. */
  Duration pauseAfterLoss(int tries) {
    return tries <= LOST_WITHOUT_PAUSE
        ? Duration.ZERO
        : growing(Duration.ofSeconds(1), tries - LOST_WITHOUT_PAUSE - 1, LONGEST_PAUSE_OF_LOST);
  }

  /** The pause after an answer has not got through for so many times. */
  Duration pauseAfterAnswer(int tries) {
    return growing(retryPause, tries - 1, LONGEST_PAUSE_OF_ANSWER);
  }

  /** A pause doubled for so many times. */
  private static Duration growing(Duration first, int doublings, Duration longest) {
    Duration grown = first.multipliedBy(1L << Math.min(doublings, 20));
    return grown.compareTo(longest) < 0 ? grown : longest;
  }

  /**
   * Whether a case is given up under which the process has ended. What ends processes does so at
   * the same place, while those that end for another reason do so anywhere.
   *
   * @param tries how often it was begun
   * @param there how often in a row the process ended after the same stage
   */
  boolean isHopeless(int tries, int there) {
    return there >= attempts || tries / ATTEMPTS_ANYWHERE >= attempts;
  }

  /**
   * Whether a case is given up that did not get on. Each time holds a thread until the process
   * ends.
   *
   * @param there how often in a row it, or its process, came no further than here
   */
  static boolean isHopelesslyStalled(int there) {
    return there >= MOST_STALLS;
  }

  /** Whether a case that was begun so often is better alone, as it may be what ends processes. */
  static boolean isSuspect(int tries) {
    return tries >= LOST_WITHOUT_PAUSE;
  }
}
