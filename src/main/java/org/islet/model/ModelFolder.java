package org.islet.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.format.OneLine;
import org.islet.format.Sha256;
import org.islet.stage.Nearest;

/**
 * A folder of models, as {@code <name>/<version>/saved_model.pb} with a {@code model.yaml} beside
 * it; versions are whole numbers.
 */
record ModelFolder(Path root) {

  private static final String LATEST = "latest";

  /** How far below a version's folder its files may lie. */
  private static final int DEPTH = 3;

  /** What the file system tells of a file, and what Unix's tell besides. */
  private static final String TOLD = "size,lastModifiedTime,fileKey";

  private static final String TOLD_BY_UNIX = "unix:" + TOLD + ",ctime";

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

  /**
   * The SHA-256 of all of a version's files and their names, in hexadecimal, by its id.
   *
   * @throws IllegalArgumentException if one is no regular file or cannot be read
   */
  String digest(String id) {
    Path version = version(id);
    Sha256 digest = new Sha256();
    for (Path file : files(version)) {
      try {
        digest.add(file.toString()).add(requireRegular(version.resolve(file)));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            ("%s of the model %s cannot be loaded (%s). Regular files that Islet may read were"
                    + " expected, in at most two folders below the version's.")
                .formatted(OneLine.of(version.resolve(file).toString()), id, PlainYaml.reason(e)),
            e);
      }
    }
    return digest.toHex();
  }

  /** A text that is another whenever one of a version's files comes, goes or changes. */
  String state(String id) {
    Path version = version(id);
    return files(version).stream()
        .map(file -> "%s/%s %s%n".formatted(id, file, told(version.resolve(file))))
        .collect(Collectors.joining());
  }

  /** A text that is another whenever a model comes, goes or changes. */
  String state() {
    return orWhyNot(
        () -> names().stream().map(this::stateOfVersions).collect(Collectors.joining()));
  }

  /** What cannot be read hides nothing else, and is seen once it can be. */
  private String stateOfVersions(String name) {
    return orWhyNot(
        () ->
            versions(root.resolve(name)).stream()
                .map(version -> state(name + "/" + version))
                .collect(Collectors.joining()));
  }

  private static String orWhyNot(Supplier<String> state) {
    try {
      return state.get();
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** A text that is another whenever a file's content changes, or whether it may be read. */
  private static String told(Path file) {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    try {
      return new TreeMap<>(Files.readAttributes(file, unix ? TOLD_BY_UNIX : TOLD))
          + (Files.isReadable(file) ? "" : " unreadable");
    } catch (IOException e) {
      return "going away";
    }
  }

  /**
   * What lies in a version's folder, and in those below, as paths from there. Links to folders are
   * not followed, so that none leads astray or in a circle; they, and what cannot be read, stand
   * for themselves.
   */
  private static List<Path> files(Path version) {
    List<Path> files = new ArrayList<>();
    try {
      Path start = version.toRealPath();
      Files.walkFileTree(
          start,
          Set.of(),
          DEPTH,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(start.relativize(file));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              files.add(start.relativize(file));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      files.clear(); // going away, which whoever loads a model will find
    }
    Collections.sort(files);
    return files;
  }

  private static Path requireRegular(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "it is no regular file");
    }
    return file;
  }

  private List<Integer> versions(String name) {
    List<Integer> versions = names().contains(name) ? held(name) : List.of();
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(noModel(name));
    }
    return versions;
  }

  private String noModel(String name) {
    List<String> models = models();
    return models.isEmpty()
        ? "There is no model '%s': %s holds none. Set ISLET_MODELS to the folder that does."
            .formatted(name, root)
        : "There is no model '%s'%s".formatted(name, Nearest.among(name, "There are", models));
  }

  private boolean isModel(String name) {
    try {
      return !held(name).isEmpty();
    } catch (IllegalArgumentException e) { // only whoever asks for it need know
      return false;
    }
  }

  /** The names of which there is a model. */
  List<String> models() {
    return names().stream().filter(this::isModel).toList();
  }

  /** The versions of a name that hold a model, in rising order. */
  private List<Integer> held(String name) {
    Path model = root.resolve(name);
    return versions(model).stream()
        .filter(v -> Files.exists(model.resolve(v.toString()).resolve(SavedModelFile.NAME)))
        .toList();
  }

  /** The folders that may hold models, by their names. */
  private List<String> names() {
    return folders(root).stream()
        .map(folder -> folder.getFileName().toString())
        .filter(ModelName::isOne)
        .toList();
  }

  private static List<Path> folders(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    } catch (IOException | UncheckedIOException e) { // the latter while the folder is being listed
      throw new IllegalArgumentException(
          "The folder of models %s cannot be read (%s). Check that it is there and that Islet may read it."
              .formatted(parent, e.getClass().getSimpleName()),
          e);
    }
  }
}
