package org.islet.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.islet.cli.ServiceSettings;

/**
 * How the image divides a container's memory.
 *
 * @param heapPercent the share of Java's heap
 * @param networks the share of the networks, as its setting gives it
 */
record MemoryShares(double heapPercent, String networks) {

  /**
   * What the service takes beside both, in bytes: 280 MiB were measured when it was ready, of the
   * JVM, TensorFlow and the models; code, threads and a command beside it come on top.
   */
  static final long REST = 640L << 20;

  /** The same of a service that runs none, and so loads neither TensorFlow nor models. */
  static final long REST_WITHOUT_NETWORKS = 256L << 20;

  static MemoryShares read() throws IOException {
    Matcher heap =
        Pattern.compile("-XX:MaxRAMPercentage=(\\S+)")
            .matcher(Files.readString(Path.of("k8s/image/serve.options")));
    if (!heap.find()) {
      throw new IllegalArgumentException("The heap's share is not said.");
    }
    return new MemoryShares(
        Double.parseDouble(heap.group(1)),
        ImageDescription.read().stages().get("cpu").environment().get("ISLET_INFERENCE_MEMORY"));
  }

  /** Java's heap, in bytes. */
  long heap(long limit) {
    return (long) (limit * heapPercent / 100);
  }

  /** All that a service that runs networks takes at the most, in bytes. */
  long taken(long limit) {
    return heap(limit) + ServiceSettings.nativeBytes(networks, limit) + REST;
  }
}
