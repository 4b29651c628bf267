package org.islet.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.islet.format.Sha256;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** A jar of stages that others wrote, open until it is closed. */
final class StageJar implements AutoCloseable {

  private final Path file;
  private final List<String> classes;
  private final URLClassLoader loader;
  private final StageDescription.Jar description;

  /**
   * @throws StageJarException if the file is no jar, or holds no stage
   */
  StageJar(Path file) {
    this.file = file;
    this.classes =
        index().getAllKnownImplementations(Stage.class).stream()
            .filter(c -> !c.isInterface() && !c.isAbstract())
            .map(c -> c.name().toString())
            .sorted()
            .toList();
    if (classes.isEmpty()) {
      throw refusal(
          "no class in it implements %s. Take the jar away, or build it with its stages."
              .formatted(Stage.class.getName()),
          null);
    }
    this.description = new StageDescription.Jar(file.getFileName().toString(), sha256());
    this.loader = open();
  }

  /** The jars of a folder, by name; none where there is no such folder. */
  static List<Path> files(Path folder) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches("[^.].*\\.(?i:jar)"))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) { // the latter while the folder is being listed
      throw new StageJarException("The folder of stages %s cannot be read.".formatted(folder), e);
    }
  }

  private Index index() {
    Indexer indexer = new Indexer();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          index(jar, entry, indexer);
        }
      }
    } catch (IOException e) {
      throw refusal(
          "it is not a jar, or not whole (%s). Copy it anew, or take it away."
              .formatted(CauseText.of(e)),
          e);
    }
    return indexer.complete();
  }

  private void index(JarFile jar, JarEntry entry, Indexer indexer) {
    try (InputStream in = jar.getInputStream(entry)) {
      indexer.index(in);
    } catch (IOException | RuntimeException e) { // the latter where a class file is cut short
      throw refusal(
          "%s is not a class file, or not whole (%s). Build the jar anew."
              .formatted(entry.getName(), CauseText.of(e)),
          e);
    }
  }

  private String sha256() {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw refusal("it cannot be read (%s).".formatted(CauseText.of(e)), e);
    }
  }

  private URLClassLoader open() {
    try {
      return new URLClassLoader(new URL[] {file.toUri().toURL()}, Stage.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalStateException("Every file has an address.", e);
    }
  }

  /**
   * The jar's stages, by the names of their classes.
   *
   * @throws StageJarException if a class cannot be loaded, or is not declared as {@link Stage} asks
   *     for
   */
  List<StageClass> stages() {
    return classes.stream().map(this::stage).toList();
  }

  private StageClass stage(String name) {
    Class<? extends Stage> type = load(name);
    if (type.getClassLoader() != loader) {
      throw refusal(
          "it holds a copy of Islet's own %s. Build it without Islet's classes.".formatted(name),
          null);
    }
    try {
      return new StageClass(type, Optional.of(description));
    } catch (IllegalArgumentException e) {
      throw refusal(e.getMessage(), e);
    } catch (LinkageError | TypeNotPresentException e) {
      throw notLoaded(name, e);
    }
  }

  private Class<? extends Stage> load(String name) {
    try {
      return Class.forName(name, false, loader).asSubclass(Stage.class);
    } catch (ClassNotFoundException | LinkageError e) {
      throw notLoaded(name, e);
    }
  }

  private StageJarException notLoaded(String name, Throwable cause) {
    return refusal(
        ("the class %s cannot be loaded (%s). Build it for Java %d or older and with this version of"
                + " Islet, and put all other classes that it needs into the jar.")
            .formatted(name, cause, Runtime.version().feature()),
        cause);
  }

  /** A refusal of this jar. */
  StageJarException refusal(String reason, Throwable cause) {
    return new StageJarException("%s: %s".formatted(file, reason), cause);
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The jar " + file + " cannot be closed.", e);
    }
  }
}
