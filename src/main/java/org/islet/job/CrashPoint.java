package org.islet.job;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Moments in a case's life at which the process can be asked to die, as by SIGKILL, so that anybody
 * can see that nothing is lost: {@code -Dislet.crash-at=renamed} at the first time, {@code
 * -Dislet.crash-at=stage:5} at the fifth. {@code docs/durability.md} lists them.
 */
public final class CrashPoint {

  private static final String SETTING = System.getProperty("islet.crash-at", "");
  private static final String POINT = SETTING.replaceFirst(":.*", "");
  private static final int TIME =
      SETTING.contains(":") ? Integer.parseInt(SETTING.replaceFirst(".*:", "")) : 1;
  private static final AtomicInteger REACHED = new AtomicInteger();

  private CrashPoint() {}

  /** Says that a moment has come; the process may end here. */
  public static void reached(String point) {
    if (POINT.equals(point) && REACHED.incrementAndGet() == TIME) {
      die();
    }
  }

  @SuppressWarnings("InfiniteLoopStatement") // until the signal comes
  private static void die() {
    try {
      String pid = String.valueOf(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-KILL", pid).start();
    } catch (IOException e) {
      Runtime.getRuntime().halt(137); // where there is no such command
    }
    while (true) {
      LockSupport.park();
    }
  }
}
