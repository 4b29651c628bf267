package org.islet.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.islet.stage.StageDescription.Jar;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexReader;

/** The stages that routes can name: Islet's own, and those of jars. */
public final class StageCatalogue implements AutoCloseable {

  private static final String INDEX = "META-INF/jandex.idx";

  private final SortedMap<String, StageClass> stages = new TreeMap<>();
  private final List<StageJar> jars = new ArrayList<>();

  /**
   * A catalogue of some classes.
   *
   * @throws IllegalArgumentException if one is not declared as {@link Stage} asks for, or two have
   *     the same name
   */
  public StageCatalogue(Collection<Class<? extends Stage>> types) {
    for (Class<? extends Stage> type : types) {
      StageClass stage = new StageClass(type, Optional.empty());
      String name = stage.description().name();
      if (stages.put(name, stage) != null) {
        throw new IllegalArgumentException("Two stages are named '" + name + "'.");
      }
    }
  }

  /**
   * A catalogue of the stages {@linkplain #onClassPath() on the class path} and of those in a
   * folder of jars. What a jar holds is loaded by a class loader of its own, which sees Islet's
   * classes and its own, and is closed with the catalogue.
   *
   * @param folder may be missing
   * @throws StageJarException if a jar cannot be used; the message says why and what to do
   * @throws IllegalStateException as {@link #onClassPath()} does
   */
  public static StageCatalogue withJarsOf(Path folder) {
    StageCatalogue catalogue = onClassPath();
    try {
      StageJar.files(folder).forEach(file -> catalogue.add(new StageJar(file)));
      return catalogue;
    } catch (RuntimeException e) {
      catalogue.close();
      throw e;
    }
  }

  private void add(StageJar jar) {
    jars.add(jar);
    for (StageClass stage : jar.stages()) {
      StageClass other = stages.putIfAbsent(stage.description().name(), stage);
      if (other != null) {
        throw jar.refusal(
            "the stage %s is named '%s', as %s of %s is. Rename one of the two classes, or take the jar away."
                .formatted(
                    stage.className(),
                    stage.description().name(),
                    other.className(),
                    other.description().jar().map(Jar::file).orElse("Islet itself")),
            null);
      }
    }
  }

  /**
   * A catalogue of every record of Islet's own that is a {@link Stage}, by the index of classes
   * that the build makes (Jandex).
   *
   * @throws IllegalStateException if there is none, or an index does not fit its classes
   * @throws IllegalArgumentException as the constructor does
   */
  public static StageCatalogue onClassPath() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Set<Class<? extends Stage>> found = new LinkedHashSet<>();
    try {
      for (URL index : ownIndexes(loader)) {
        try (InputStream in = index.openStream()) {
          for (ClassInfo c : new IndexReader(in).read().getAllKnownImplementations(Stage.class)) {
            if (c.isRecord()) {
              found.add(loader.loadClass(c.name().toString()).asSubclass(Stage.class));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The class path's index of stages cannot be read.", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The class path's index names a class that is not there.", e);
    }
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "No %s on the class path names a stage; build Islet with Maven, which makes one."
              .formatted(INDEX));
    }
    return new StageCatalogue(found);
  }

  /** Those beside Islet's classes: the indexes of all libraries take long to read. */
  private static List<URL> ownIndexes(ClassLoader loader) throws IOException {
    String own = Stage.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Collections.list(loader.getResources(INDEX)).stream()
        .filter(index -> index.toString().contains(own))
        .toList();
  }

  /** The names of all stages, in alphabetical order. */
  public List<String> names() {
    return List.copyOf(stages.keySet());
  }

  /**
   * What a stage declares.
   *
   * @throws StageBindingException if there is no such stage
   */
  public StageDescription describe(String name) {
    return find(name).description();
  }

  /**
   * Makes the stage of one step of a route.
   *
   * @param options as the route gives them, by name
   * @throws StageBindingException whose message says what is wrong with the step and what would be
   *     right
   */
  public BoundStage bind(String name, Map<String, String> options, Networks networks) {
    return find(name).bind(options, networks);
  }

  /**
   * Makes the stage of one step of a route, or says everything that is wrong with it. Of a stage
   * that there is not, the slots are those that the nearest name would have.
   */
  public Binding tryToBind(String name, Map<String, String> options, Networks networks) {
    StageClass stage = stages.get(name);
    if (stage != null) {
      return stage.tryToBind(options, networks);
    }
    StageBindingException unknown = unknown(name);
    return Nearest.to(name, names())
        .map(nearest -> stages.get(nearest).tryToBind(options, networks).insteadOf(unknown))
        .orElseGet(
            () ->
                new Binding(
                    Optional.empty(), Optional.empty(), true, guessed(options), List.of(unknown)));
  }

  /**
   * The slots that a step of a stage may mean of which nothing is known: names as others have them.
   */
  private Ports guessed(Map<String, String> options) {
    return Ports.guessed(stages.values().stream().map(StageClass::description).toList(), options);
  }

  private StageClass find(String name) {
    StageClass stage = stages.get(name);
    if (stage == null) {
      throw unknown(name);
    }
    return stage;
  }

  private StageBindingException unknown(String name) {
    return new StageBindingException(
        "There is no stage '%s'%s".formatted(name, Nearest.among(name, "There are", names())));
  }

  /** Closes the jars. Stages that are running must have ended. */
  @Override
  public void close() {
    jars.forEach(StageJar::close);
  }
}
