package org.islet.cli;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the service takes of its environment, for tests of manifests. */
public final class ServiceSettings {

  private ServiceSettings() {}

  /**
   * Requires of variables {@code ISLET_…} that each is a setting's, with a value that it may have.
   *
   * @throws SettingException for the first value that cannot be meant
   * @throws IllegalArgumentException if some are no setting's
   */
  public static void require(Map<String, String> environment) {
    List<String> unknown = AllowedSettings.unknown(environment.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("no settings: " + unknown);
    }
    Map<String, String> values =
        AllowedSettings.keys().stream()
            .filter(key -> environment.containsKey(variable(key)))
            .collect(Collectors.toMap(key -> key, key -> environment.get(variable(key))));
    AllowedSettings.require(values::get);
  }

  /** A time as settings give it. */
  public static Duration time(String value) {
    return DurationConverter.parseDuration(value);
  }

  /** How long the service may take to end after the grace time of its cases. */
  public static Duration patience() {
    return Service.PATIENCE;
  }

  /** Native memory as a setting gives it, where there are so many bytes of memory in all. */
  public static long nativeBytes(String value, long total) {
    return NativeMemory.of(value, () -> total).bytes();
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
