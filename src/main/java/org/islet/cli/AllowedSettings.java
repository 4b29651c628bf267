package org.islet.cli;

import static java.util.Map.entry;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.job.Role;
import org.islet.model.ProcessorSettings;
import org.islet.stage.Slot;

/** Which {@link Settings} there are and which values they may have. */
final class AllowedSettings {

  /** What the launcher reads itself. */
  private static final String JAVA_OPTIONS = "ISLET_JAVA_OPTS";

  private static final String ENVIRONMENT = "ISLET_";

  private static final Map<String, Form> FORMS =
      new TreeMap<>(
          Map.ofEntries(
              entry("islet.routes", text()),
              entry("islet.stages", text()),
              entry("islet.models", text()),
              entry("islet.role", word(Role.words())),
              entry("islet.carried", text()),
              entry("islet.results", text()),
              entry("islet.s3.endpoint", server()),
              entry("islet.s3.region", text()),
              entry("islet.s3.access-key", text()),
              entry("islet.s3.secret-key", text()),
              entry("islet.s3.path-style", flag()),
              entry("islet.crash-at", text()),
              entry("islet.reload.interval", time("10ms", "1d")),
              entry("islet.case-limits.heap-bytes-per-voxel", whole(1, 10_000)),
              entry("islet.cases.at-once", whole(1, 256)),
              entry("islet.cases.attempts", whole(1, 1_000_000)),
              entry("islet.cases.retries", whole(0, 1_000_000)),
              entry("islet.cases.retry-pause", time("0s", "10m")),
              entry("islet.cases.lease", time("1s", "1d")),
              entry("islet.cases.stage-limit", time("1s", "30d")),
              entry("islet.cases.grace", time("0s", "1d")),
              entry("islet.cases.pools", names()),
              entry("islet.cases.off-peak", text()),
              entry("islet.intake.min-free", size("0", "1E")),
              entry("islet.queue.enabled", flag()),
              entry("islet.queue.url", text()),
              entry("islet.queue.user", text()),
              entry("islet.queue.password", text()),
              entry("islet.queue.host", text()),
              entry("islet.queue.port", whole(0, 65_535)),
              entry("islet.queue.requests", text()),
              entry("islet.queue.dead-letters", text()),
              entry("islet.queue.events", text()),
              entry("islet.queue.consumers", whole(1, 256)),
              entry("islet.queue.roots", text()),
              entry("islet.queue.http-allowed", text()),
              entry("islet.queue.http-patience", time("1s", "1d")),
              entry("islet.retention.done-age", age()),
              entry("islet.retention.done-size", size("1", "1E")),
              entry("islet.retention.results-age", age()),
              entry("islet.retention.results-size", size("1", "1E")),
              entry("islet.store.url", text()),
              entry("islet.store.user", text()),
              entry("islet.store.password", text()),
              entry("islet.inference.memory", sizeOrShare("1M", "1E")),
              entry("islet.inference.device", device()),
              entry("islet.inference.gpu-memory", gpuMemory()),
              entry("islet.inference.tf32", flag()),
              entry("islet.input.max-bytes", size("1K", "1E")),
              entry("islet.log.json", flag()),
              entry("islet.tracing", flag()),
              entry("islet.tracing.endpoint", address()),
              entry("islet.tracing.interval", time("10ms", "1h"))));

  private AllowedSettings() {}

  /**
   * What a value may be.
   *
   * @param expected in words
   */
  private record Form(String expected, Predicate<String> allows) {

    boolean takes(String value) {
      try {
        return allows.test(value.strip());
      } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
        return false;
      }
    }
  }

  private static Form text() {
    return new Form("text", value -> true);
  }

  private static Form flag() {
    Set<String> words = Set.of("true", "false", "yes", "no", "on", "off", "1", "0");
    return new Form("true or false", value -> words.contains(value.toLowerCase(Locale.ROOT)));
  }

  private static Form word(List<String> words) {
    return new Form("one of " + String.join(", ", words), words::contains);
  }

  private static Form names() {
    return new Form(
        "names with commas between them, such as coarse,fine, each of up to 64 letters, digits and hyphens",
        value -> Stream.of(value.split(",", -1)).allMatch(name -> name.strip().matches(Slot.NAME)));
  }

  private static Form whole(int least, int most) {
    return within(
        "a whole number from %d to %d".formatted(least, most), Integer::valueOf, least, most);
  }

  private static Form time(String least, String most) {
    return within(
        "a time such as 250ms, 60s or 2h, from %s to %s".formatted(least, most),
        DurationConverter::parseDuration,
        DurationConverter.parseDuration(least),
        DurationConverter.parseDuration(most));
  }

  /** A bare number, which would be seconds, is none: what is older is deleted. */
  private static Form age() {
    Form range = time("1s", "36500d");
    return new Form(
        "a time with its unit, such as 12h or 30d, from 1s to 36500d",
        value -> !value.matches("[+-]?\\d+") && range.allows().test(value));
  }

  private static Form size(String least, String most) {
    return within(
        "a size such as 500M or 10G, from %s to %s".formatted(least, most),
        AllowedSettings::bytes,
        bytes(least),
        bytes(most));
  }

  private static Form sizeOrShare(String least, String most) {
    Form size = size(least, most);
    return new Form(
        size.expected() + ", or a share of all memory from 1% to 100%",
        value ->
            NativeMemory.isShare(value)
                ? NativeMemory.perCent(value) >= 1 && NativeMemory.perCent(value) <= 100
                : size.allows().test(value));
  }

  private static BigInteger bytes(String size) {
    return new MemorySizeConverter().convert(size).asBigInteger();
  }

  private static Form address() {
    return new Form(
        "an address that begins with http:// or https://, such as"
            + " http://127.0.0.1:4318/v1/traces",
        value -> isHttp(URI.create(value)));
  }

  private static Form server() {
    return new Form(
        "the address of a server without a user, such as https://minio.example:9000",
        value -> isHttp(URI.create(value)) && URI.create(value).getRawUserInfo() == null);
  }

  private static boolean isHttp(URI address) {
    return Set.of("http", "https").contains(String.valueOf(address.getScheme()))
        && address.getHost() != null;
  }

  private static Form device() {
    return new Form(
        "auto, cpu, gpu, or gpu:0, gpu:1, … for one of several",
        value -> {
          ProcessorSettings.of(value, Settings.Inference.GPU_MEMORY, false);
          return true;
        });
  }

  private static Form gpuMemory() {
    return new Form(
        "growth, or a part of the GPU's memory from 0.01 to 1, such as 0.5",
        value -> {
          ProcessorSettings.of(Settings.Inference.DEVICE, value, false);
          return true;
        });
  }

  private static <T extends Comparable<T>> Form within(
      String expected, Function<String, T> read, T least, T most) {
    return new Form(
        expected,
        value -> {
          T is = read.apply(value);
          return is.compareTo(least) >= 0 && is.compareTo(most) <= 0;
        });
  }

  /** All settings there are. */
  static Set<String> keys() {
    return FORMS.keySet();
  }

  /**
   * Requires of each setting that is set that its value can be meant.
   *
   * @param values what a setting is set to; null if it is not
   * @throws SettingException for the first that cannot
   */
  static void require(Function<String, String> values) {
    FORMS.forEach(
        (key, form) -> {
          String value = values.apply(key);
          if (value != null && !value.isBlank() && !form.takes(value)) {
            throw new SettingException(
                "The setting %s is '%s', but must be %s.".formatted(key, value, form.expected()));
          }
        });
  }

  /** The names of environment variables that look like a setting's, but are none's. */
  static List<String> unknown(Collection<String> environment) {
    Set<String> known =
        Stream.concat(keys().stream().map(AllowedSettings::variable), Stream.of(JAVA_OPTIONS))
            .collect(Collectors.toSet());
    return environment.stream()
        .filter(name -> name.startsWith(ENVIRONMENT))
        .filter(name -> !known.contains(name.replaceFirst("_\\d+_$", "")))
        .sorted()
        .toList();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
