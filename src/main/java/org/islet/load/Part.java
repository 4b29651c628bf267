package org.islet.load;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/** The parts of the time from the moment at which a request is due to its answer. */
enum Part {
  /** From due to sent: more than little where the CTs are not written or taken fast enough. */
  SENDING(Fate::due, Fate::sent),
  /** From sent to confirmed by the broker. */
  CONFIRMING(Fate::sent, Fate::confirmed),
  /** From confirmed to accepted as a case. */
  ACCEPTING(Fate::confirmed, Fate::accepted),
  /** From accepted to the beginning of the route. */
  WAITING(Fate::accepted, Fate::started),
  /** From the beginning of the route to the case's end. */
  WORKING(Fate::started, Fate::ended),
  /** From the case's end to the reply's arrival. */
  ANSWERING(Fate::ended, Fate::answered),
  /** All of it. */
  TOTAL(Fate::due, Fate::answered);

  private final Function<Fate, Instant> from;
  private final Function<Fate, Instant> to;

  Part(Function<Fate, Instant> from, Function<Fate, Instant> to) {
    this.from = from;
    this.to = to;
  }

  /** When it began; null if it is not known. */
  Instant from(Fate fate) {
    return from.apply(fate);
  }

  /** When it ended; null if it is not known. */
  Instant to(Fate fate) {
    return to.apply(fate);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
