package org.islet.job;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a log readable while the same goes wrong again and again: each is told now and then. */
public final class Troubles {

  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Map<String, Long> told = new ConcurrentHashMap<>();

  /** Whether a trouble is to be told now: it was not told for a while. */
  public boolean isNews(String trouble) {
    long now = System.nanoTime();
    told.values().removeIf(at -> now - at > PAUSE.toNanos());
    return told.putIfAbsent(trouble, now) == null;
  }

  /** Forgets a trouble that is over, so that it is told at once when it comes back. */
  public void over() {
    told.clear();
  }
}
