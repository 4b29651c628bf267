package org.islet.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.islet.format.Sha256;
import org.islet.stage.Nearest;
import org.islet.stage.Network;
import org.islet.stage.Networks;
import org.tensorflow.TensorFlow;

/**
 * The models in a folder, as {@code <name>/<version>/saved_model.pb} with a {@code model.yaml}
 * beside it; versions are whole numbers. A model is loaded and warmed when it is first asked for,
 * shared by all, and closed with the store.
 */
public final class ModelStore implements Networks, AutoCloseable {

  private final Path root;
  private final InferenceMemory memory;
  private final Map<String, SavedModelNetwork> loaded = new ConcurrentHashMap<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();

  public ModelStore(Path root, InferenceMemory memory) {
    this.root = root;
    this.memory = memory;
  }

  @Override
  public Network get(String model) {
    return loaded.computeIfAbsent(resolve(model), this::load);
  }

  /** The version of the TensorFlow library that runs the models. */
  public static String tensorFlowVersion() {
    return TensorFlow.version();
  }

  /**
   * The id ({@code name/version}) of a version's folder.
   *
   * @throws IllegalArgumentException if the folder is not in the store
   */
  public String id(Path version) {
    Path model = version.toAbsolutePath().normalize();
    Path own = root.toAbsolutePath().normalize();
    if (!model.startsWith(own) || own.relativize(model).getNameCount() != 2) {
      throw new IllegalArgumentException(
          "The model %s is not in %s, where Islet looks for models. Set ISLET_MODELS to its folder."
              .formatted(model, own));
    }
    return "%s/%s".formatted(model.getParent().getFileName(), model.getFileName());
  }

  /** The card of a loaded model, by its id ({@code name/version}). */
  public ModelCard card(String id) {
    return loaded.get(id).card();
  }

  /** The SHA-256 of all of a model's files, in hexadecimal, by its id ({@code name/version}). */
  public String digest(String id) {
    return digests.computeIfAbsent(id, this::computeDigest);
  }

  /** The models that were asked for so far, by id. */
  public List<String> loaded() {
    return loaded.keySet().stream().sorted().toList();
  }

  private String resolve(String model) {
    if (!model.matches("[A-Za-z0-9][A-Za-z0-9._-]*(/[0-9]{1,9})?")) {
      throw new IllegalArgumentException(
          "'%s' is not a model's name: letters, digits, '.', '_' and '-' were expected, and perhaps"
                  .formatted(model)
              + " a version behind a slash, as in pancreas-fine/1.");
    }
    String name = model.replaceFirst("/.*", "");
    List<Integer> versions = versions().getOrDefault(name, List.of());
    if (versions.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no model '%s'%s There are: %s."
              .formatted(
                  name,
                  Nearest.hint(name, versions().keySet()),
                  String.join(", ", versions().keySet())));
    }
    if (name.equals(model)) {
      return name + "/" + versions.get(versions.size() - 1);
    }
    int version = Integer.parseInt(model.substring(name.length() + 1));
    if (!versions.contains(version)) {
      throw new IllegalArgumentException(
          "The model '%s' has no version %d; it has: %s.".formatted(name, version, versions));
    }
    return name + "/" + version;
  }

  /** The versions of each model in the folder, in rising order. */
  private Map<String, List<Integer>> versions() {
    Map<String, List<Integer>> found = new TreeMap<>();
    for (Path model : folders(root)) {
      List<Integer> versions =
          folders(model).stream()
              .filter(v -> Files.exists(v.resolve("saved_model.pb")))
              .map(v -> v.getFileName().toString())
              .filter(v -> v.matches("[0-9]{1,9}"))
              .map(Integer::valueOf)
              .sorted()
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

  private SavedModelNetwork load(String id) {
    Path directory = root.resolve(id);
    ModelCard card = ModelCard.read(directory.resolve("model.yaml"));
    SavedModelNetwork network = new SavedModelNetwork(id, directory.toString(), card, memory);
    network.warm();
    return network;
  }

  private String computeDigest(String id) {
    Path directory = root.resolve(id);
    Sha256 digest = new Sha256();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.add(directory.relativize(file).toString()).add(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The model " + id + " cannot be read.", e);
    }
    return digest.toHex();
  }

  /** Closes every model; the caller sees to it that none is in use. */
  @Override
  public void close() {
    loaded.values().forEach(SavedModelNetwork::close);
    loaded.clear();
  }
}
