package org.islet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Watches a process's peak resident memory, as Linux counts it ({@code VmHWM}), until its end. */
final class PeakMemory extends Thread {

  private static final int INTERVAL_MS = 20;

  private final Process process;
  private volatile long kibibytes;

  PeakMemory(Process process) {
    this.process = process;
    setDaemon(true);
  }

  /** The peak that was seen last, in MiB. */
  double peakMebibytes() {
    return kibibytes / 1024.0;
  }

  @Override
  public void run() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      while (process.isAlive()) {
        look(Files.readAllLines(status));
        Thread.sleep(INTERVAL_MS);
      }
    } catch (IOException e) {
      // The process ended while its status was being read.
    } catch (InterruptedException e) {
      interrupt();
    }
  }

  private void look(List<String> status) {
    status.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .forEach(peak -> kibibytes = peak);
  }
}
