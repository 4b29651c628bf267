package org.islet.job;

import org.islet.volume.Size;

/**
 * The Java heap that a case takes, known before its CT is read.
 *
 * @param bytesPerVoxel the heap that a case is taken to need at the least, for each voxel of its CT
 * @param heapBytes the most heap there is
 */
public record HeapBudget(int bytesPerVoxel, long heapBytes) {

  /** What a CT itself takes at the most: floats. */
  private static final int CT_BYTES_PER_VOXEL = Float.BYTES;

  /** What the JVM, the libraries and the models' cards take. */
  private static final long BASE = 128L << 20;

  /** A budget of this JVM's heap. */
  public static HeapBudget ofThisJvm(int bytesPerVoxel) {
    return new HeapBudget(bytesPerVoxel, Runtime.getRuntime().maxMemory());
  }

  /** The heap that there is for cases, in bytes. */
  long forCases() {
    return Math.max(0, heapBytes - BASE);
  }

  /**
   * The heap that a case takes, in bytes.
   *
   * @param routeBytes what the route says that its slots take on such a CT
   */
  long ofCase(Size size, long routeBytes) {
    long voxels = size.count();
    return Math.max(voxels * bytesPerVoxel, voxels * CT_BYTES_PER_VOXEL + routeBytes);
  }

  /**
   * Refuses a CT that cannot fit.
   *
   * @param routeBytes what the route says that its slots take on such a CT
   * @throws IllegalArgumentException whose message gives the numbers and what to set
   */
  void admit(Size size, long routeBytes) {
    long needed = BASE + ofCase(size, routeBytes);
    if (needed > heapBytes) {
      throw new IllegalArgumentException(
          ("A CT of %s voxels takes about %d MiB of Java heap, but there are %d MiB. Set"
                  + " ISLET_JAVA_OPTS=-Xmx%dm.")
              .formatted(size, needed >> 20, heapBytes >> 20, (needed >> 20) + 64));
    }
  }
}
