package org.islet.cli;

import io.quarkus.runtime.configuration.MemorySizeConverter;
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

  private final SmallRyeConfig config = config();

  /** The folder of routes. */
  Path routes() {
    return config.getValue("islet.routes", Path.class);
  }

  /** The folder of jars with stages. */
  Path stages() {
    return config.getValue("islet.stages", Path.class);
  }

  /** The folder of models. */
  Path models() {
    return config.getValue("islet.models", Path.class);
  }

  /** Native memory for all networks that run at one time, in bytes. */
  long inferenceMemory() {
    String text =
        config
            .getOptionalValue("islet.inference.memory", String.class)
            .orElse(Settings.Inference.MEMORY);
    return new MemorySizeConverter().convert(text).asLongValue();
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
