package org.islet.load;

import java.time.Instant;

/** What became of one request so far; what is not known yet is null. */
final class Fate {

  private final Instant due;
  private final Instant sent;
  private Instant confirmed;
  private Instant accepted;
  private Instant started;
  private Instant answered;
  private Said answer;
  private boolean lost;

  Fate(Instant due, Instant sent) {
    this.due = due;
    this.sent = sent;
  }

  Instant due() {
    return due;
  }

  Instant sent() {
    return sent;
  }

  Instant confirmed() {
    return confirmed;
  }

  Instant accepted() {
    return accepted;
  }

  Instant started() {
    return started;
  }

  /** By the service's clock. */
  Instant ended() {
    return answer == null ? null : answer.time();
  }

  Instant answered() {
    return answered;
  }

  Said answer() {
    return answer;
  }

  /** Whether the broker did not confirm it. */
  boolean isLost() {
    return lost;
  }

  void lose() {
    lost = true;
  }

  void confirm(Instant time) {
    confirmed = time;
  }

  void accept(Instant time) {
    accepted = time;
  }

  /** A case that is tried again starts again; the last start counts. */
  void start(Instant time) {
    started = time;
  }

  void answer(Said said, Instant time) {
    answer = said;
    answered = time;
  }
}
