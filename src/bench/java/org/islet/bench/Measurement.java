package org.islet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What all benchmarks need: the machine in words, and medians. */
public final class Measurement {

  private static final List<String> INSTRUCTION_SETS =
      List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");

  private Measurement() {}

  /** The processor, its cores and the Java, as in {@code Xeon, 2 cores, avx2, Java 17.0.9}. */
  public static String machine() throws IOException {
    List<String> known = cpuInfo("flags");
    List<String> flags = known.isEmpty() ? List.of() : Arrays.asList(known.get(0).split(" "));
    Stream<String> words =
        Stream.of(
                cpuInfo("model name").stream().limit(1),
                Stream.of(Runtime.getRuntime().availableProcessors() + " cores"),
                INSTRUCTION_SETS.stream().filter(flags::contains),
                Stream.of("Java " + System.getProperty("java.version")))
            .flatMap(s -> s);
    return String.join(", ", words.toList());
  }

  private static List<String> cpuInfo(String key) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .toList();
    }
  }

  /** The middle value; of an even number of values the mean of the two in the middle. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
