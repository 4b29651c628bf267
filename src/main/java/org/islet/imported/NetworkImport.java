package org.islet.imported;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.islet.format.InputRefusedException;
import org.islet.format.NpzArchive;
import org.islet.format.Sha256;
import org.islet.imported.Weights.Folded;
import org.islet.model.ModelCard;
import org.islet.model.SavedModelFile;
import org.islet.model.WholeVersion;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Makes a model of a network that others trained. */
public final class NetworkImport {

  /** A SavedModel is one protobuf message, which can have no more. */
  private static final long MOST_BYTES = 2L << 30;

  private static final String OUTPUT = "scores";

  private final Path architecture;
  private final Path archive;
  private final Description description;
  private final String licence;
  private final Blueprint blueprint;
  private final Footprint footprint;
  private final Map<String, Folded> weights;

  private NetworkImport(
      Path architecture,
      Path archive,
      Description description,
      String licence,
      Blueprint blueprint,
      Map<String, Folded> weights) {
    this.architecture = architecture;
    this.archive = archive;
    this.description = description;
    this.licence = licence;
    this.blueprint = blueprint;
    this.footprint = Footprint.of(blueprint);
    this.weights = weights;
  }

  /**
   * Reads a network and checks that all of it fits together.
   *
   * @param architecture the description, in YAML ({@code docs/import.md})
   * @param archive its weights, as a NumPy archive
   * @param licence an SPDX identifier that goes before the description's; may be null
   * @throws ImportRefusedException if anything is wrong; all is named that can be found at once
   * @throws IOException if a file cannot be read
   */
  public static NetworkImport read(Path architecture, Path archive, String licence)
      throws IOException {
    Problems problems = new Problems();
    DescriptionFile file = new DescriptionFile(architecture, problems);
    Description description = file.read();
    Map<String, Optional<Layer>> layers = file.layers(description);
    if (licence == null && description.licence() == null) {
      problems.add(architecture, "licence is missing; give it there or by --licence");
    }
    Blueprint blueprint = Blueprint.of(architecture, description, layers, problems);
    if (blueprint == null) {
      problems.throwIfAny();
    }
    Map<String, Folded> weights = weights(architecture, archive, description, blueprint, problems);
    problems.throwIfAny();
    return new NetworkImport(
        architecture,
        archive,
        description,
        licence == null ? description.licence() : licence,
        blueprint,
        weights);
  }

  private static Map<String, Folded> weights(
      Path architecture, Path file, Description description, Blueprint blueprint, Problems problems)
      throws IOException {
    boolean complete = problems.isEmpty();
    Map<String, Folded> weights = new HashMap<>();
    try (NpzArchive archive = NpzArchive.open(file, MOST_BYTES)) {
      Weights arrays = new Weights(file, archive, architecture, description.weights(), problems);
      for (Node node : blueprint.nodes().values()) {
        arrays.of(node).ifPresent(folded -> weights.put(node.name(), folded));
      }
      arrays.requireNoneMissing();
      arrays.requireIgnoredThere();
      if (complete) { // else it may be a layer that is left out that would use them
        arrays.requireAllUsed();
        arrays.requireNamesUsed();
      }
    } catch (InputRefusedException e) {
      problems.add(file, e.getMessage());
    }
    return weights;
  }

  /**
   * Writes the model as the next version of its name; if that fails, there is no version.
   *
   * @param name the folder of the name's versions, made if it is not there
   * @return the version's folder
   * @throws IOException if it cannot be written, as when the disk is full
   */
  public Path write(Path name) throws IOException {
    return WholeVersion.write(
        name,
        folder -> {
          card().write(folder.resolve(ModelCard.FILE));
          writeGraph(folder);
        });
  }

  private void writeGraph(Path folder) throws IOException {
    ModelCard.Input card = description.input().card();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Shape in = shape(1);
      Placeholder<TFloat32> input =
          tf.withName(card.name()).placeholder(TFloat32.class, Placeholder.shape(in));
      Operand<TFloat32> answer =
          new FrozenGraph(tf, description.input().rank(), weights)
              .answer(blueprint.nodes().values(), input, blueprint.output());
      Operand<TFloat32> output =
          switch (description.output().activation()) {
            case NONE -> tf.withName(OUTPUT).identity(answer);
            case SIGMOID -> tf.withName(OUTPUT).math.sigmoid(answer);
            case SOFTMAX -> tf.withName(OUTPUT).nn.softmax(answer);
          };
      SavedModelFile.write(
          folder,
          graph,
          new SavedModelFile.Tensor(card.name(), input, in),
          new SavedModelFile.Tensor(OUTPUT, output, shape(blueprint.output().channels())));
    }
  }

  /** A tensor's: volumes come one at a time, slices in any number. */
  private Shape shape(int channels) {
    Description.Input input = description.input();
    long[] shape = new long[input.rank() + 2];
    shape[0] = input.rank() == 2 ? -1 : 1;
    for (int a = 0; a < input.rank(); a++) {
      shape[a + 1] = input.size() == null ? -1 : input.size().get(a);
    }
    shape[input.rank() + 1] = channels;
    return Shape.of(shape);
  }

  /** The model's card. */
  public ModelCard card() throws IOException {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("network", "imported, %d layers".formatted(description.layers().size()));
    origin.put("description-sha-256", new Sha256().add(architecture).toHex());
    origin.put("weights-sha-256", new Sha256().add(archive).toHex());
    Description.Output output = description.output();
    return new ModelCard(
        description.purpose(),
        description.warning(),
        licence,
        description.input().card(),
        new ModelCard.Output(
            OUTPUT,
            output.kind(),
            blueprint.output().channels(),
            output.channel(),
            output.threshold()),
        null,
        new ModelCard.Memory(
            Math.toIntExact(footprint.bytes()),
            description.input().size() == null ? footprint.radius() : null),
        new ModelCard.Work(footprint.flop()),
        origin,
        null);
  }
}
