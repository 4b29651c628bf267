package org.islet.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.islet.format.Sha256;
import org.islet.stage.Network;
import org.islet.stage.Networks;
import org.tensorflow.TensorFlow;

/**
 * The models in a folder, loaded by TensorFlow. A model is loaded and warmed when it is first asked
 * for, shared by all, and closed with the store.
 */
public final class ModelStore implements Networks, AutoCloseable {

  private final ModelFolder folder;
  private final InferenceMemory memory;
  private final Map<String, SavedModelNetwork> loaded = new ConcurrentHashMap<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();

  public ModelStore(Path root, InferenceMemory memory) {
    this.folder = new ModelFolder(root);
    this.memory = memory;
  }

  @Override
  public Network get(String model) {
    return loaded.computeIfAbsent(folder.resolve(model), this::load);
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
    Path own = folder.root().toAbsolutePath().normalize();
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

  private SavedModelNetwork load(String id) {
    SavedModelNetwork network =
        new SavedModelNetwork(id, folder.version(id).toString(), folder.card(id), memory);
    network.warm();
    return network;
  }

  private String computeDigest(String id) {
    Path directory = folder.version(id);
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
