package org.islet.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Volume;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** Stages made for tests from what a route says of them. */
public final class Stages {

  /** Every stage that was compiled. */
  public static final StageCatalogue ALL = compiled();

  private static final Networks NONE =
      (model, options) -> {
        throw new IllegalArgumentException("There is no model '" + model + "'.");
      };

  private Stages() {}

  /** Makes a stage from its endpoint: {@code clip?min=-100&max=240}. */
  public static BoundStage bind(String endpoint) {
    return bind(endpoint, NONE);
  }

  /** Makes a stage that may name networks. */
  public static BoundStage bind(String endpoint, Networks networks) {
    String[] parts = endpoint.split("\\?", 2);
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : parts.length < 2 ? new String[0] : parts[1].split("&")) {
      String[] pair = option.split("=", 2);
      options.put(pair[0], pair[1]);
    }
    return ALL.bind(parts[0], options, networks);
  }

  public static Slot<Volume> volume(String name) {
    return new Slot<>(name, Volume.class);
  }

  public static Slot<Mask> mask(String name) {
    return new Slot<>(name, Mask.class);
  }

  public static Slot<Scores> scores(String name) {
    return new Slot<>(name, Scores.class);
  }

  public static Slot<Box> box(String name) {
    return new Slot<>(name, Box.class);
  }

  /** An index, as the build makes it, of what was compiled from the main sources. */
  static Index index() {
    try {
      Path classes =
          Path.of(Stage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Indexer indexer = new Indexer();
      try (Stream<Path> files = Files.walk(classes.resolve("org/islet/stage"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          try (InputStream in = Files.newInputStream(file)) {
            indexer.index(in);
          }
        }
      }
      return indexer.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StageCatalogue compiled() {
    List<Class<? extends Stage>> types =
        index().getAllKnownImplementations(Stage.class).stream()
            .<Class<? extends Stage>>map(c -> load(c.name().toString()))
            .toList();
    return new StageCatalogue(types);
  }

  private static Class<? extends Stage> load(String name) {
    try {
      return Class.forName(name).asSubclass(Stage.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
