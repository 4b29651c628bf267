package org.islet.format;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much heap was asked for, so that a test sees what a reader allocates on a file's word. */
final class Allocated {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {}

  /** The bytes that this thread has allocated since it began. */
  static long byThisThread() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
