package org.islet.job;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Moments in a case's life at which the process can be asked to die, as by SIGKILL, so that anybody
 * can see that nothing is lost: with {@code islet.crash-at=renamed} at the first time, with {@code
 * islet.crash-at=stage:5} at the fifth. {@code docs/durability.md} lists them.
 */
public final class CrashPoint {

  private static final long SOON_NANOS = 2_000_000_000L;
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile String point = "";

  /**
   * Lets the process die at a moment that is to come.
   *
   * @param setting the moment's name; with {@code :N} behind it, at the N-th time
   */
  public static void set(String setting) {
    String[] parts = setting.split(":", 2);
    LEFT.set(parts.length == 2 ? Integer.parseInt(parts[1]) : 1);
    point = parts[0];
  }

  private CrashPoint() {}

  /** Says that a moment has come; the process may end here. */
  public static void reached(String moment) {
    if (point.equals(moment) && LEFT.decrementAndGet() == 0) {
      die();
    }
  }

  private static void die() {
    try {
      String pid = String.valueOf(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-KILL", pid).start();
    } catch (IOException e) {
      Runtime.getRuntime().halt(137); // where there is no such command
    }
    LockSupport.parkNanos(SOON_NANOS);
    Runtime.getRuntime().halt(137); // the first process of a container hears no signal of its own
  }
}
