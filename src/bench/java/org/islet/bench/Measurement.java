package org.islet.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.train.Processor;
import org.tensorflow.TensorFlow;

/** What all benchmarks need: the machine in words, and medians. */
public final class Measurement {

  private static final List<String> INSTRUCTION_SETS =
      List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");

  private static final String ONEDNN = "TF_ENABLE_ONEDNN_OPTS";

  private Measurement() {}

  /** The processor, its cores and the Java, as in {@code Xeon, 2 cores, avx2, Java 17.0.9}. */
  public static String machine() {
    Processor processor = Processor.here();
    Stream<String> words =
        Stream.of(
                Stream.of(processor.model()),
                Stream.of(Runtime.getRuntime().availableProcessors() + " cores"),
                INSTRUCTION_SETS.stream().filter(processor.flags()::contains),
                Stream.of("Java " + System.getProperty("java.version")))
            .flatMap(s -> s);
    return words.filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
  }

  /** TensorFlow's version, and whether it runs as {@code ./islet} lets it. */
  public static String tensorFlow() {
    boolean asLaunched = "1".equals(System.getenv(ONEDNN));
    return "TensorFlow "
        + TensorFlow.version()
        + (asLaunched ? "" : " without " + ONEDNN + "=1, which ./islet sets");
  }

  /** The middle value; of an even number of values the mean of the two in the middle. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
