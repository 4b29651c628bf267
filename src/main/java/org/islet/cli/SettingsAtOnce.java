package org.islet.cli;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * {@link Settings} for commands that run without Quarkus: from the same places, which are system
 * properties, environment variables and Islet's own {@code application.properties}.
 */
final class SettingsAtOnce {

  private SettingsAtOnce() {}

  /** The folder of jars with stages. */
  static Path stages() {
    return config().getValue("islet.stages", Path.class);
  }

  private static SmallRyeConfig config() {
    try {
      return new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addDefaultSources()
          .withSources(
              new PropertiesConfigSource(
                  SettingsAtOnce.class.getResource("/application.properties"), 1))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("Islet's own settings cannot be read.", e);
    }
  }
}
