package org.islet.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.islet.job.RouteModels;
import org.islet.stage.Stages;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** The recipes in {@code routes/examples}, run by Camel as the service runs them. */
final class Recipes {

  static final Path FOLDER = Path.of("routes/examples");

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger CAMEL = Logger.getLogger("org.apache.camel");

  static {
    // A test has no log to write to: Quarkus keeps all records of it, and Camel's of what is fine
    // hold the cases with all their slots.
    CAMEL.setLevel(Level.INFO);
  }

  private Recipes() {}

  /** The recipes' names, which are those of their files. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.replaceFirst("\\.yaml$", ""))
          .sorted()
          .toList();
    }
  }

  /** Some recipes alone, in a folder of their own. */
  static LiveRoutes load(Path folder, RouteModels.Source models, String... names)
      throws IOException {
    for (String name : names) {
      Path file = Path.of(name + ".yaml");
      Files.copy(FOLDER.resolve(file), folder.resolve(file));
    }
    return new LiveRoutes(folder, Stages.ALL, models);
  }
}
