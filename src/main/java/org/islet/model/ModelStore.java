package org.islet.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Precision;
import org.tensorflow.TensorFlow;

/**
 * The models in a folder, loaded by TensorFlow. A model is loaded and warmed when it is first asked
 * for, shared by all who have it open, and let go when the last of them closes. Where its files
 * have changed since, it is loaded anew beside the former.
 */
public final class ModelStore implements AutoCloseable {

  private final ModelFolder folder;
  private final InferenceMemory memory;
  private final ProcessorSettings settings;
  private final BiConsumer<String, Duration> whenLoaded;
  private Processor processor;
  private final Map<Version, LoadedModel> loaded = new HashMap<>();

  /** A model as its files were when they were loaded, in the numbers that it computes with. */
  private record Version(String id, String state, Precision precision) {}

  public ModelStore(Path root, InferenceMemory memory) {
    this(root, memory, ProcessorSettings.ANY, (id, took) -> {});
  }

  /**
   * @param settings on what the models run
   * @param whenLoaded hears of each model that was loaded and warmed: its id, and how long it took
   */
  public ModelStore(
      Path root,
      InferenceMemory memory,
      ProcessorSettings settings,
      BiConsumer<String, Duration> whenLoaded) {
    this.folder = new ModelFolder(root);
    this.memory = memory;
    this.settings = settings;
    this.whenLoaded = whenLoaded;
  }

  /** The models as they are now: until they are closed, each name stands for the same. */
  public OpenModels open() {
    return new OpenModels(this);
  }

  /** A text that is another whenever a model comes, goes or changes. */
  public String state() {
    return folder.state();
  }

  /**
   * The names of which there is a model.
   *
   * @throws IllegalArgumentException if the folder cannot be read
   */
  public List<String> names() {
    return folder.models();
  }

  /** The version of the TensorFlow library that runs the models. */
  public static String tensorFlowVersion() {
    return TensorFlow.version();
  }

  /** Begins to load the TensorFlow library, for what is going to ask for a model soon. */
  public static void loadTensorFlowAhead() {
    Thread loading =
        new Thread(
            () -> {
              try {
                TensorFlow.version();
              } catch (LinkageError e) {
                return; // who asks for a model is told
              }
            },
            "islet-tensorflow");
    loading.setDaemon(true);
    loading.start();
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

  /** The models that are loaded, by id, each as often as it is. */
  synchronized List<String> loaded() {
    return loaded.keySet().stream().map(Version::id).sorted().toList();
  }

  /**
   * Looks for the GPU that the settings want, if they do.
   *
   * @throws ProcessorException if it is not there
   */
  public void requireProcessor() {
    if (settings.kind() == ProcessorSettings.Kind.GPU) {
      processor();
    }
  }

  /**
   * What the models run on, in words for a log. Looks for it, and loads TensorFlow, when it is
   * first asked for.
   *
   * @throws ProcessorException if what the settings ask for is not there
   */
  public String runsOn() {
    return processor().words();
  }

  private synchronized Processor processor() {
    if (processor == null) {
      processor = Processor.find(settings, memory);
    }
    return processor;
  }

  /**
   * The model that a route names, held once more.
   *
   * @throws IllegalArgumentException if there is no such one, or it cannot be loaded, or not run as
   *     it is to
   */
  synchronized LoadedModel hold(String model, NetworkOptions options) {
    String id = folder.resolve(model);
    processor().requireFor(options);
    Precision precision = options.precision().orElseGet(() -> folder.card(id).ownPrecision());
    Version version = new Version(id, folder.state(id), precision);
    LoadedModel found = loaded.get(version);
    if (found == null) {
      found = load(version);
      loaded.put(version, found);
    }
    found.hold();
    return found;
  }

  private LoadedModel load(Version version) {
    long start = System.nanoTime();
    String id = version.id();
    String digest = folder.digest(id);
    SavedModelNetwork network =
        new SavedModelNetwork(
            new RunPlan(id, folder.card(id), version.precision(), memory),
            folder.version(id).toString(),
            processor().config(id, version.precision()));
    return ClosedOnFailure.get(
        network::close,
        () -> {
          network.warm();
          if (!folder.state(id).equals(version.state())) {
            throw new IllegalArgumentException(
                "The files of the model %s changed while it was loaded.".formatted(id));
          }
          whenLoaded.accept(id, Duration.ofNanos(System.nanoTime() - start));
          return new LoadedModel(network, digest);
        });
  }

  synchronized void release(LoadedModel model) {
    if (model.release()) {
      loaded.values().remove(model);
      model.network().close();
    }
  }

  /** Closes every model; the caller sees to it that none is in use. */
  @Override
  public synchronized void close() {
    loaded.values().forEach(model -> model.network().close());
    loaded.clear();
  }
}
