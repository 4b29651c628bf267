package org.islet.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.islet.stage.Network;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * A SavedModel that is loaded and ready. It may be used by several threads at once; the native
 * memory of a run is bounded by {@link InferenceMemory}.
 */
final class SavedModelNetwork implements Network, AutoCloseable {

  /** What a model is taken to need where its card does not say. */
  private static final int DEFAULT_BYTES_PER_VOXEL = 1024;

  private final String id;
  private final ModelCard card;
  private final InferenceMemory memory;
  private final SavedModelBundle bundle;
  private final String inputTensor;
  private final String outputTensor;

  /**
   * Loads a model and compares what it is with what its card says.
   *
   * @throws IllegalArgumentException if TensorFlow cannot load it, or model and card disagree; the
   *     message names both sides
   */
  SavedModelNetwork(String id, String directory, ModelCard card, InferenceMemory memory) {
    this.id = id;
    this.card = card;
    this.memory = memory;
    this.bundle = load(id, directory);
    try {
      Signature signature = signature();
      TensorDescription in = tensor("input", signature.getInputs(), card.input().name());
      TensorDescription out = tensor("output", signature.getOutputs(), card.output().name());
      requireShape("input", card.input().name(), in, 1);
      requireShape("output", card.output().name(), out, card.output().channels());
      inputTensor = in.name;
      outputTensor = out.name;
    } catch (IllegalArgumentException e) {
      bundle.close();
      throw e;
    }
  }

  private static SavedModelBundle load(String id, String directory) {
    try {
      return SavedModelBundle.loader(directory)
          .withTags("serve")
          .withConfigProto(SessionOptions.config())
          .load();
    } catch (TensorFlowException e) {
      throw new IllegalArgumentException(
          "TensorFlow cannot load the model %s: %s".formatted(id, e.getMessage()), e);
    }
  }

  private Signature signature() {
    List<String> keys = bundle.signatures().stream().map(Signature::key).toList();
    return bundle.signatures().stream()
        .filter(s -> s.key().equals(card.input().signature()))
        .findFirst()
        .orElseThrow(
            () -> refusal("the signature '" + card.input().signature() + "'", "only " + keys));
  }

  private TensorDescription tensor(
      String role, Map<String, TensorDescription> tensors, String name) {
    TensorDescription tensor = tensors.get(name);
    if (tensor == null) {
      throw refusal("an " + role + " named '" + name + "'", "only " + tensors.keySet());
    }
    return tensor;
  }

  private void requireShape(String role, String name, TensorDescription tensor, int channels) {
    String what = "the " + role + " '" + name + "' ";
    if (tensor.dataType != DataType.DT_FLOAT) {
      throw refusal(what + "as float32 (DT_FLOAT)", tensor.dataType.toString());
    }
    Shape shape = tensor.shape;
    if (shape.isUnknown()) {
      return;
    }
    if (shape.numDimensions() != 5) {
      throw refusal(
          what + "with rank 5 (" + card.input().layout() + ")",
          "rank " + shape.numDimensions() + " " + shape);
    }
    long found = shape.get(card.input().channelsLast() ? 4 : 1);
    if (found != Shape.UNKNOWN_SIZE && found != channels) {
      throw refusal(what + "with " + channels + " channel(s)", found + " " + shape);
    }
  }

  private IllegalArgumentException refusal(String expected, String found) {
    return new IllegalArgumentException(
        "The model %s does not fit its card: model.yaml expects %s, but the SavedModel has %s."
            .formatted(id, expected, found));
  }

  @Override
  public String id() {
    return id;
  }

  ModelCard card() {
    return card;
  }

  /** Runs once on a small empty volume, so that the first case does not wait for TensorFlow. */
  void warm() {
    int n = 2 * card.input().divisor();
    Size size = new Size(n, n, n);
    run(new float[size.count()], size);
  }

  @Override
  public Mask segment(Volume volume) {
    Reorientation toLayout = new Reorientation(volume.geometry(), card.input().orientation());
    Volume input = toLayout.apply(volume);
    return toLayout.undo(segmentInLayout(input));
  }

  private Mask segmentInLayout(Volume input) {
    Size size = input.size();
    Size padded = size.madeUpTo(card.input().divisor());
    byte[] inside = new byte[size.count()];
    for (Tiles.Tile tile : tiles(padded)) {
      Size read = tile.read().size();
      float[] values = window(input, tile.read());
      byte[] answer = memory.use(bytes(read.count()), () -> run(values, read));
      keep(answer, tile, inside, size);
    }
    return Mask.of(input.geometry(), inside);
  }

  private long bytes(long voxels) {
    int perVoxel = card.memory() == null ? DEFAULT_BYTES_PER_VOXEL : card.memory().bytesPerVoxel();
    return voxels * perVoxel;
  }

  private List<Tiles.Tile> tiles(Size padded) {
    if (bytes(padded.count()) <= memory.total()) {
      Box whole = Box.of(padded);
      return List.of(new Tiles.Tile(whole, whole));
    }
    if (card.memory() == null) {
      throw new IllegalArgumentException(
          ("The model %s needs %d MiB for a volume of %s, more than the %d MiB allowed, and cannot be"
                  + " run in tiles because its model.yaml gives no memory.receptive-radius. Raise"
                  + " islet.inference.memory or add it.")
              .formatted(id, bytes(padded.count()) >> 20, padded, memory.total() >> 20));
    }
    Tiles tiles = new Tiles(padded, card.input().divisor(), card.memory().receptiveRadius());
    try {
      return tiles.ofAtMost(memory.total() / card.memory().bytesPerVoxel());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The model %s cannot be run on a volume of %s within %d MiB: %s Raise"
                  .formatted(id, padded, memory.total() >> 20, e.getMessage())
              + " islet.inference.memory.",
          e);
    }
  }

  /** The values in a box that may reach beyond the volume's far sides, where they are padding. */
  private float[] window(Volume input, Box box) {
    Size size = input.size();
    Size read = box.size();
    float[] values = new float[read.count()];
    Arrays.fill(values, card.input().min());
    int width = Math.min(box.x1(), size.x()) - box.x0();
    for (int k = box.z0(); k < Math.min(box.z1(), size.z()); k++) {
      for (int j = box.y0(); j < Math.min(box.y1(), size.y()); j++) {
        input.copy(
            size.index(box.x0(), j, k), width, values, read.index(0, j - box.y0(), k - box.z0()));
      }
    }
    return values;
  }

  private static void keep(byte[] answer, Tiles.Tile tile, byte[] inside, Size size) {
    Box read = tile.read();
    Box kept = tile.keep();
    int width = Math.min(kept.x1(), size.x()) - kept.x0();
    for (int k = kept.z0(); k < Math.min(kept.z1(), size.z()); k++) {
      for (int j = kept.y0(); j < Math.min(kept.y1(), size.y()); j++) {
        System.arraycopy(
            answer,
            read.size().index(kept.x0() - read.x0(), j - read.y0(), k - read.z0()),
            inside,
            size.index(kept.x0(), j, k),
            width);
      }
    }
  }

  /** Whether each voxel is inside, in the tensor's order; 0 or 1. */
  private byte[] run(float[] values, Size size) {
    Shape shape =
        card.input().channelsLast()
            ? Shape.of(1, size.z(), size.y(), size.x(), 1)
            : Shape.of(1, 1, size.z(), size.y(), size.x());
    try (TFloat32 input = TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
        var result = bundle.session().runner().feed(inputTensor, input).fetch(outputTensor).run()) {
      return inside((TFloat32) result.get(0), size.count());
    }
  }

  private byte[] inside(TFloat32 answer, int voxels) {
    int channels = card.output().channels();
    if (answer.shape().size() != (long) voxels * channels) {
      throw new IllegalStateException(
          "The model %s answered %s for %d voxels and %d channel(s)."
              .formatted(id, answer.shape(), voxels, channels));
    }
    float[] scores = new float[voxels * channels];
    answer.asRawTensor().data().asFloats().copyTo(DataBuffers.of(scores), scores.length);
    int voxelStep = card.input().channelsLast() ? channels : 1;
    int channelStep = card.input().channelsLast() ? 1 : voxels;
    byte[] inside = new byte[voxels];
    IntStream.range(0, voxels)
        .parallel()
        .forEach(i -> inside[i] = (byte) (isInside(scores, i * voxelStep, channelStep) ? 1 : 0));
    return inside;
  }

  private boolean isInside(float[] scores, int at, int step) {
    ModelCard.Output output = card.output();
    float own = scores[at + output.channel() * step];
    if (output.kind() == ModelCard.Kind.THRESHOLD) {
      return own > output.threshold();
    }
    for (int c = 0; c < output.channels(); c++) {
      float other = scores[at + c * step];
      if (other > own || (other == own && c < output.channel())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    bundle.close();
  }
}
