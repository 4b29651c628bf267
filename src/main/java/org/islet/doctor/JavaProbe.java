package org.islet.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Java, and whether what it and the networks may take fits into the machine.
 *
 * @param networkBytes the native memory that networks may take
 */
record JavaProbe(long networkBytes) implements Probe {

  @Override
  public String part() {
    return "java";
  }

  @Override
  public String whenSilent() {
    return "The machine is overloaded; look again.";
  }

  @Override
  public List<Finding> look() {
    return List.of(
        found(
            Runtime.getRuntime().maxMemory(),
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()));
  }

  Finding found(long heap, long machine) {
    String said =
        "Java %s, %d processors, %d MiB of heap, %d MiB for networks, of %d MiB of memory"
            .formatted(
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                heap >> 20,
                networkBytes >> 20,
                machine >> 20);
    return heap + networkBytes <= machine
        ? Finding.ok(part(), said)
        : Finding.note(
            part(),
            said + "; that is less than both may take, so the system may end the service",
            "Lower -Xmx in ISLET_JAVA_OPTS or islet.inference.memory, or give the machine more memory.");
  }
}
