package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processor, as Linux tells of it; of another system nothing is known.
 *
 * @param model its name; empty if it is not known
 * @param flags what it can do, such as {@code avx2}
 */
public record Processor(String model, Set<String> flags) {

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** The one that runs this. */
  public static Processor here() {
    try {
      return of(Files.exists(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of());
    } catch (IOException e) {
      return of(List.of());
    }
  }

  /** The first one of {@code /proc/cpuinfo}. */
  static Processor of(List<String> cpuinfo) {
    Set<String> flags =
        Arrays.stream(first(cpuinfo, "flags").split(" "))
            .filter(flag -> !flag.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    return new Processor(first(cpuinfo, "model name"), flags);
  }

  private static String first(List<String> cpuinfo, String key) {
    return cpuinfo.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
