package org.islet.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.islet.format.Sha256;
import org.islet.stage.Nearest;

/**
 * A folder of models, as {@code <name>/<version>/saved_model.pb} with a {@code model.yaml} beside
 * it; versions are whole numbers.
 */
record ModelFolder(Path root) {

  private static final String LATEST = "latest";

  /** The folder of a version, by the model's id ({@code name/version}). */
  Path version(String id) {
    return root.resolve(id);
  }

  /**
   * The card of a version, by the model's id.
   *
   * @throws IllegalArgumentException as {@link ModelCard#read}
   */
  ModelCard card(String id) {
    return ModelCard.read(version(id).resolve(ModelCard.FILE));
  }

  /**
   * The id of the model that a route names as {@code name}, {@code name/latest} or {@code
   * name/version}.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  String resolve(String model) {
    String[] parts = model.split("/", 2);
    String name = ModelName.require(parts[0]);
    String version = parts.length == 1 ? LATEST : parts[1];
    if (!version.equals(LATEST) && !isVersion(version)) {
      throw new IllegalArgumentException(
          ("'%s' names no version: a whole number, without a zero before it, or latest was expected"
                  + " after the slash, as in pancreas-fine/1.")
              .formatted(model));
    }
    List<Integer> versions = versions(name);
    if (version.equals(LATEST)) {
      return name + "/" + versions.get(versions.size() - 1);
    }
    if (!versions.contains(Integer.valueOf(version))) {
      throw new IllegalArgumentException(
          "The model '%s' has no version %s; it has: %s.".formatted(name, version, versions));
    }
    return name + "/" + version;
  }

  /** Whether it is a version's name: a whole number as {@link NextVersion} writes it. */
  private static boolean isVersion(String name) {
    return name.matches("0|[1-9][0-9]{0,8}");
  }

  /**
   * The versions in the folder of a name, whether or not there is a model in them, in rising order.
   *
   * @throws IllegalArgumentException if the folder cannot be read
   */
  static List<Integer> versions(Path name) {
    return folders(name).stream()
        .map(version -> version.getFileName().toString())
        .filter(ModelFolder::isVersion)
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }

  /** The SHA-256 of all of a version's files and their names, in hexadecimal, by its id. */
  String digest(String id) {
    Path directory = version(id);
    Sha256 digest = new Sha256();
    try {
      for (Path file : files(directory)) {
        digest.add(directory.relativize(file).toString()).add(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The model " + id + " cannot be read.", e);
    }
    return digest.toHex();
  }

  /** A text that is another whenever one of a version's files comes, goes or changes. */
  String state(String id) {
    return state(version(id));
  }

  /** A text that is another whenever a model comes, goes or changes. */
  String state() {
    return state(root);
  }

  private static String state(Path directory) {
    StringBuilder state = new StringBuilder();
    for (Path file : files(directory)) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        state.append(file).append(' ').append(attributes.size()).append(' ');
        state.append(attributes.lastModifiedTime()).append('\n');
      } catch (IOException e) {
        state.append(file).append(" is going away\n");
      }
    }
    return state.toString();
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory, 5, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // going away, which whoever loads a model will find
    }
  }

  private List<Integer> versions(String name) {
    Map<String, List<Integer>> models = models();
    if (!models.containsKey(name)) {
      throw new IllegalArgumentException(
          "There is no model '%s'%s"
              .formatted(name, Nearest.among(name, "There are", models.keySet())));
    }
    return models.get(name);
  }

  /** The versions of each model in the folder that hold one, in rising order. */
  private Map<String, List<Integer>> models() {
    Map<String, List<Integer>> found = new TreeMap<>();
    for (Path model : folders(root)) {
      List<Integer> versions =
          versions(model).stream()
              .filter(v -> Files.exists(model.resolve(v.toString()).resolve(SavedModelFile.NAME)))
              .toList();
      if (!versions.isEmpty()) {
        found.put(model.getFileName().toString(), versions);
      }
    }
    return found;
  }

  private static List<Path> folders(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("The folder of models " + parent + " cannot be read.", e);
    }
  }
}
