package org.islet.model;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.islet.format.OneLine;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * A SavedModel that is loaded and ready. It may be used by several threads at once; the native
 * memory of a run is bounded by {@link InferenceMemory}.
 */
final class SavedModelNetwork implements CardedNetwork, AutoCloseable {

  /** The memory of a warm-up that is taken beside the cases that run; one runs at a time. */
  private static final long SLIGHT = 16 << 20;

  private final RunPlan plan;
  private final ModelCard card;
  private final TensorLayout layout;
  private final SavedModelBundle bundle;
  private final SavedModelTensors tensors;

  /**
   * Loads a model and compares what it is with what its card says.
   *
   * @param session how its session is made
   * @throws IllegalArgumentException if TensorFlow cannot load it, its weights are damaged, or
   *     model and card disagree; the message names both sides
   */
  SavedModelNetwork(RunPlan plan, String directory, ConfigProto session) {
    this.plan = plan;
    this.card = plan.card();
    this.layout = TensorLayout.of(card.input());
    this.bundle = load(plan.id(), directory, session);
    this.tensors =
        ClosedOnFailure.get(
            bundle::close,
            () -> {
              requireNumbers(plan.id(), bundle);
              return SavedModelTensors.of(plan, bundle);
            });
  }

  /** Damage may not show in an answer: to a ReLU what is no number may be 0. */
  private static void requireNumbers(String id, SavedModelBundle bundle) {
    Constants.spoilt(bundle.metaGraphDef().getGraphDef()).stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw damaged(id, "holds what is no number (NaN) in " + OneLine.of(name));
            });
  }

  private static IllegalArgumentException damaged(String id, String sign) {
    return new IllegalArgumentException(
        ("The model %s %s, so its weights are damaged. Copy its version's folder again, or write it"
                + " anew.")
            .formatted(id, sign));
  }

  private static SavedModelBundle load(String id, String directory, ConfigProto session) {
    try {
      return SavedModelBundle.loader(directory).withTags("serve").withConfigProto(session).load();
    } catch (TensorFlowException e) {
      throw new IllegalArgumentException(
          "TensorFlow cannot load the model %s: %s".formatted(id, OneLine.of(e.getMessage())), e);
    }
  }

  @Override
  public RunPlan plan() {
    return plan;
  }

  ModelCard card() {
    return card;
  }

  /**
   * Runs once on a small volume, so that the first case does not wait for TensorFlow, and looks at
   * the answer. A small run does not wait for the memory of cases, which they may have for long.
   *
   * @throws IllegalArgumentException if the memory allowed is too small even for that, or the model
   *     answers what is no number
   */
  void warm() {
    AtomicBoolean finite = new AtomicBoolean(true);
    Slice look =
        (scores, k) -> {
          if (!areFinite(scores)) {
            finite.set(false);
          }
        };
    for (Tile tile : plan.tiles(plan.smallest())) {
      Size size = tile.read().size();
      if (plan.bytes(size.count()) <= SLIGHT) {
        compute(size, allValues(size.count()), look);
      } else {
        run(size, allValues(size.count()), look);
      }
    }
    if (!finite.get()) {
      throw damaged(id(), "answers what is no number (NaN or infinite)");
    }
  }

  /** From the least value to the largest: a network may divide by how far its values spread. */
  private float[] allValues(int count) {
    float[] values = new float[count];
    double step = ((double) card.input().max() - card.input().min()) / Math.max(1, count - 1);
    for (int i = 0; i < count; i++) {
      values[i] = (float) (card.input().min() + i * step);
    }
    return values;
  }

  private static boolean areFinite(float[][] scores) {
    for (float[] channel : scores) {
      for (float score : channel) {
        if (!Float.isFinite(score)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public Mask segment(Volume volume) {
    Reorientation toLayout = new Reorientation(volume.geometry(), card.input().orientation());
    Volume input = toLayout.apply(volume);
    byte[] inside = new byte[input.size().count()];
    runInTiles(
        input,
        (scores, from, to, count) -> {
          for (int i = 0; i < count; i++) {
            inside[to + i] = (byte) (card.output().isInside(scores, from + i) ? 1 : 0);
          }
        });
    return toLayout.undo(Mask.of(input.geometry(), inside));
  }

  @Override
  public Scores scores(Volume volume) {
    Reorientation toLayout = new Reorientation(volume.geometry(), card.input().orientation());
    Volume input = toLayout.apply(volume);
    float[][] all = new float[card.output().channels()][input.size().count()];
    runInTiles(
        input,
        (scores, from, to, count) -> {
          for (int c = 0; c < all.length; c++) {
            System.arraycopy(scores[c], from, all[c], to, count);
          }
        });
    return toLayout.undo(Scores.of(input.geometry(), all));
  }

  /** What is done with a row of voxels. */
  private interface Row {
    /**
     * @param scores of the row's slice, by channel
     * @param from the place of the row's first voxel there
     * @param to its flat index in the volume
     * @param count the row's voxels
     */
    void keep(float[][] scores, int from, int to, int count);
  }

  /** Runs the network on a volume in the layout's axes; rows of several slices come at once. */
  private void runInTiles(Volume input, Row row) {
    for (Tile tile : plan.tiles(input.size())) {
      float[] values = tile.values(input, card.input().min());
      run(
          tile.read().size(),
          values,
          (scores, k) ->
              tile.keptRows(
                  k, input.size(), (from, to, count) -> row.keep(scores, from, to, count)));
    }
  }

  /** What is done with a slice's scores, by channel; {@code k} counts within the tile. */
  private interface Slice {
    void keep(float[][] scores, int k);
  }

  /** Computes once there is memory. */
  private void run(Size size, float[] values, Slice slice) {
    plan.memory().use(plan.bytes(size.count()), () -> compute(size, values, slice));
  }

  private void compute(Size size, float[] values, Slice slice) {
    try (TFloat32 input =
            TFloat32.tensorOf(layout.shape(size), DataBuffers.of(values, true, false));
        var result =
            bundle.session().runner().feed(tensors.input(), input).fetch(tensors.output()).run()) {
      readSlices((TFloat32) result.get(0), size, slice);
    } catch (TensorFlowException e) {
      throw LackOfMemory.isCauseOf(e) ? LackOfMemory.of(id(), e) : e;
    }
  }

  private void readSlices(TFloat32 answer, Size size, Slice slice) {
    int channels = card.output().channels();
    if (answer.shape().size() != (long) size.count() * channels) {
      throw new IllegalStateException(
          "The model %s answered %s for %d voxels and %d channel(s)."
              .formatted(id(), answer.shape(), size.count(), channels));
    }
    FloatDataBuffer data = answer.asRawTensor().data().asFloats();
    IntStream.range(0, size.z())
        .parallel()
        .forEach(k -> slice.keep(layout.slice(data, size, channels, k), k));
  }

  @Override
  public void close() {
    bundle.close();
  }
}
