package org.islet.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Files of options with no CT beside them, and for how long they have had none. */
final class LoneOptions {

  private final Duration patience;
  private final Map<Path, Long> seen = new HashMap<>();

  /**
   * @param patience after which a CT is late
   */
  LoneOptions(Duration patience) {
    this.patience = patience;
  }

  /**
   * How many have waited too long for their CT.
   *
   * @param lone those that have none now
   */
  long late(Set<Path> lone) {
    long now = System.nanoTime();
    seen.keySet().retainAll(lone);
    lone.forEach(file -> seen.putIfAbsent(file, now));
    return seen.values().stream().filter(since -> now - since > patience.toNanos()).count();
  }
}
