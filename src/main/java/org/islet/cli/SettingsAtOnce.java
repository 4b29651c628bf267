package org.islet.cli;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.islet.model.ProcessorSettings;
import org.islet.object.S3Settings;
import org.islet.queue.QueueSettings;
import org.islet.store.Database;

/**
 * {@link Settings} for commands that run without Quarkus: from the same places, which are system
 * properties, environment variables and Islet's own {@code application.properties}.
 */
final class SettingsAtOnce {

  private final SmallRyeConfig config = config();

  /**
   * @throws SettingException if one has a value that cannot be meant
   */
  SettingsAtOnce() {
    AllowedSettings.require(key -> config.getConfigValue(key).getValue());
  }

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
    return NativeMemory.of(text("islet.inference.memory").orElse(Settings.Inference.MEMORY))
        .bytes();
  }

  /** On what networks run. */
  ProcessorSettings processor() {
    return ProcessorSettings.of(
        text("islet.inference.device").orElse(Settings.Inference.DEVICE),
        text("islet.inference.gpu-memory").orElse(Settings.Inference.GPU_MEMORY),
        config.getOptionalValue("islet.inference.tf32", Boolean.class).orElse(false));
  }

  /** The PostgreSQL database that the record of cases is in; nothing if it is below the home. */
  Optional<Database.Address> store() {
    return text("islet.store.url")
        .map(
            url ->
                new Database.Address(
                    url,
                    text("islet.store.user").orElse(Settings.Store.USER),
                    text("islet.store.password").orElse("")));
  }

  /** How many cases may be in work at one time, at the most. */
  int casesAtOnce() {
    return text("islet.cases.at-once").map(Integer::valueOf).orElse(Settings.Cases.AT_ONCE);
  }

  /** Free disk below which nothing is taken in, in bytes. */
  long minFree() {
    String bytes = text("islet.intake.min-free").orElse(Settings.Intake.MIN_FREE);
    return new MemorySizeConverter().convert(bytes).asLongValue();
  }

  /** Whether there is a queue. */
  boolean queueEnabled() {
    return config.getOptionalValue("islet.queue.enabled", Boolean.class).orElse(true);
  }

  /** The hours of off-peak cases; nothing for always. */
  Optional<String> offPeak() {
    return text("islet.cases.off-peak");
  }

  /** The queue of requests, as the service has it. */
  QueueSettings queue() {
    return new QueueSettings(
        text("islet.queue.url").orElse(""),
        text("islet.queue.user").orElse(""),
        text("islet.queue.password").orElse(""),
        text("islet.queue.host").orElse(Settings.Queue.HOST),
        Integer.parseInt(text("islet.queue.port").orElse(Settings.Queue.PORT)),
        text("islet.queue.requests").orElseThrow(),
        text("islet.queue.dead-letters").orElse(Settings.Queue.DEAD_LETTERS),
        text("islet.queue.events").orElse(Settings.Queue.EVENTS),
        1);
  }

  /** Where results go; nothing for the folder below the home. */
  Optional<String> results() {
    return text("islet.results");
  }

  /** Where cases leave what they hold between pools; nothing for the folder below the home. */
  Optional<String> carried() {
    return text("islet.carried");
  }

  /** The places whose files requests may name; nothing for the folder below the home. */
  List<String> queueRoots() {
    return config.getOptionalValues("islet.queue.roots", String.class).orElse(List.of());
  }

  /** The object storage. */
  S3Settings s3() {
    return ObjectStorage.settings(
        text("islet.s3.endpoint").orElse(""),
        text("islet.s3.region").orElse(Settings.S3.REGION),
        text("islet.s3.access-key").orElse(""),
        text("islet.s3.secret-key").orElse(""),
        config.getOptionalValue("islet.s3.path-style", Boolean.class).orElse(false));
  }

  private Optional<String> text(String setting) {
    return config.getOptionalValue(setting, String.class);
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
