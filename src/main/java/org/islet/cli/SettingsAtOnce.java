package org.islet.cli;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * {@link Settings} for commands that run without Quarkus: from the same places, which are system
 * properties, environment variables and Islet's own {@code application.properties}.
 */
final class SettingsAtOnce {

  private SettingsAtOnce() {}

  /** The settings as they are now. */
  static Settings read() {
    return config().getConfigMapping(Settings.class);
  }

  private static SmallRyeConfig config() {
    try {
      return new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addDefaultSources()
          .withConverter(MemorySize.class, 100, new MemorySizeConverter())
          .withConverter(Duration.class, 100, new DurationConverter())
          .withMapping(Settings.class)
          .withValidateUnknown(false)
          .withSources(
              new PropertiesConfigSource(
                  SettingsAtOnce.class.getResource("/application.properties"), 1))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("Islet's own settings cannot be read.", e);
    }
  }
}
