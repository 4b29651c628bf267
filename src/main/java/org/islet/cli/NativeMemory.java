package org.islet.cli;

import com.sun.management.OperatingSystemMXBean;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Native memory as a setting gives it: as a size, or as a share of what the machine has or, in a
 * container, of what that may take.
 *
 * @param bytes how much it is
 */
public record NativeMemory(long bytes) {

  private static final String PER_CENT = "%";

  /**
   * Reads a setting such as {@code 1500M} or {@code 30%}.
   *
   * @throws IllegalArgumentException if it is neither a size nor a share
   */
  public static NativeMemory of(String setting) {
    return of(setting, NativeMemory::total);
  }

  /** Reads a setting where there is so much memory in all, in bytes. */
  static NativeMemory of(String setting, LongSupplier total) {
    if (isShare(setting)) {
      return new NativeMemory(total.getAsLong() / 100 * perCent(setting));
    }
    return new NativeMemory(new MemorySizeConverter().convert(setting).asLongValue());
  }

  /** Whether a setting is written as a share. */
  static boolean isShare(String setting) {
    return setting.endsWith(PER_CENT);
  }

  /**
   * The hundredths that a share is of.
   *
   * @throws NumberFormatException if they are no whole number
   */
  static int perCent(String share) {
    return Integer.parseInt(share.substring(0, share.length() - PER_CENT.length()));
  }

  /** Java looks for the limits of a container itself. */
  private static long total() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
