package org.islet.model;

import static org.islet.model.SavedModels.CHANNELS_FIRST;
import static org.islet.model.SavedModels.CHANNELS_LAST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.islet.stage.SliceAxis;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class SavedModelNetworkTest {

  private static final InferenceMemory MEMORY = new InferenceMemory(1 << 28);

  @TempDir private Path directory;

  private SavedModelNetwork load(ModelCard card) {
    return SavedModels.open("organ/1", directory, card, MEMORY);
  }

  private Mask segmentation(ModelCard card, Volume volume) {
    try (SavedModelNetwork network = load(card)) {
      return network.segment(volume);
    }
  }

  /**
   * A score that sees each axis differently: the voxel's value minus parts of those one step back
   * along the first, second and third spatial axis, the last going round to the first.
   */
  private static Operand<TFloat32> steps(Ops tf, Operand<TFloat32> x, int firstAxis) {
    Operand<TFloat32> score = x;
    float[] parts = {0.1f, 0.3f, 0.6f};
    for (int i = 0; i < 3; i++) {
      Operand<TFloat32> back = tf.roll(x, tf.constant(1), tf.constant(firstAxis + i));
      score = tf.math.sub(score, tf.math.mul(back, tf.constant(parts[i])));
    }
    return tf.math.add(score, tf.constant(0.5f));
  }

  /** What {@link #steps} scores above 0.5, computed on a RAS volume for three axis directions. */
  private static byte[] expectedSteps(Volume ras, String directions) {
    Size size = ras.size();
    byte[] inside = new byte[size.count()];
    double[] parts = {0.1, 0.3, 0.6};
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          double score = ras.at(i, j, k);
          for (int axis = 0; axis < 3; axis++) {
            char towards = directions.charAt(axis);
            int di = towards == 'R' ? -1 : towards == 'L' ? 1 : 0;
            int dj = towards == 'A' ? -1 : towards == 'P' ? 1 : 0;
            int dk = towards == 'S' ? -1 : towards == 'I' ? 1 : 0;
            score -=
                parts[axis]
                    * ras.at(
                        Math.floorMod(i + di, size.x()),
                        Math.floorMod(j + dj, size.y()),
                        Math.floorMod(k + dk, size.z()));
          }
          inside[size.index(i, j, k)] = (byte) (score > 0 ? 1 : 0);
        }
      }
    }
    return inside;
  }

  @ParameterizedTest
  @ValueSource(strings = {"NSARC", "NCSAR", "NCIAL", "NLAIC", "NCPRI"})
  void gives_the_tensor_the_axes_that_the_layout_names(String layout) throws IOException {
    boolean last = layout.endsWith("C");
    SavedModels.write(
        directory, last ? CHANNELS_LAST : CHANNELS_FIRST, (tf, x) -> steps(tf, x, last ? 1 : 2));
    Volume ras = SavedModels.noise(Masks.grid(7, 5, 4), 1);
    byte[] expected = expectedSteps(ras, layout.replace("N", "").replace("C", ""));
    ModelCard card = SavedModels.card(layout, 1);
    assertArrayEquals(expected, segmentation(card, ras).toBytes());

    Reorientation stored = new Reorientation(ras.geometry(), new Orientation("PIL"));
    Mask onStoredGrid = segmentation(card, stored.apply(ras));
    assertArrayEquals(expected, stored.undo(onStoredGrid).toBytes());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.49, 0", "0.51, 1", "0.9, 1"})
  void a_voxel_is_inside_above_the_threshold(float value, int inside) throws IOException {
    SavedModels.write(directory, CHANNELS_LAST, (tf, x) -> tf.identity(x));
    Volume volume = Volume.of(Masks.grid(1, 1, 1), new float[] {value});
    assertEquals(inside, segmentation(SavedModels.card("NSARC", 1), volume).count());
  }

  @ParameterizedTest
  @CsvSource({
    "NSARC, 0, 0.9 0.8 0.5",
    "NSARC, 1, 0.2 0.1",
    "NSARC, 2, 0.4",
    "NCSAR, 0, 0.9 0.8 0.5",
    "NCSAR, 1, 0.2 0.1",
    "NCSAR, 2, 0.4"
  })
  void argmax_gives_a_voxel_to_the_largest_channel_of_equals_the_first(
      String layout, int channel, String inside) throws IOException {
    boolean last = layout.endsWith("C");
    // Channels x, 0.75 − x and 0.5 − (x − 0.4)², so that each is the largest somewhere.
    SavedModels.write(
        directory,
        last ? CHANNELS_LAST : CHANNELS_FIRST,
        (tf, x) ->
            tf.concat(
                List.of(
                    x,
                    tf.math.sub(tf.constant(0.75f), x),
                    tf.math.sub(
                        tf.constant(0.5f), tf.math.square(tf.math.sub(x, tf.constant(0.4f))))),
                tf.constant(last ? 4 : 1)));
    float[] values = {0.9f, 0.8f, 0.5f, 0.4f, 0.2f, 0.1f};
    ModelCard card =
        SavedModels.card(
            new ModelCard.Input("serving_default", "volume", layout, 0, 1, 1),
            new ModelCard.Output("probability", ModelCard.Kind.ARGMAX, 3, channel, null),
            null);
    Mask mask = segmentation(card, Volume.of(Masks.grid(6, 1, 1), values));
    for (int i = 0; i < values.length; i++) {
      boolean expected = List.of(inside.split(" ")).contains(String.valueOf(values[i]));
      assertEquals(expected, mask.contains(i, 0, 0), "value " + values[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NSARC", "NCSAR", "NCIAL", "NLAIC"})
  void scores_come_channel_by_channel_on_the_volumes_own_grid(String layout) throws IOException {
    boolean last = layout.endsWith("C");
    SavedModels.write(
        directory,
        last ? CHANNELS_LAST : CHANNELS_FIRST,
        (tf, x) ->
            tf.concat(List.of(x, tf.math.neg(x), tf.math.square(x)), tf.constant(last ? 4 : 1)));
    ModelCard card =
        SavedModels.card(
            new ModelCard.Input("serving_default", "volume", layout, 0, 1, 4),
            new ModelCard.Output("probability", ModelCard.Kind.ARGMAX, 3, 1, null),
            null);
    Volume ras = SavedModels.noise(Masks.grid(7, 5, 3), 1);
    try (SavedModelNetwork network = load(card)) {
      Scores scores = network.scores(ras);
      assertEquals(ras.geometry(), scores.geometry());
      assertEquals(3, scores.channels());
      for (int i = 0; i < ras.size().count(); i++) {
        assertEquals(ras.at(i), scores.channel(0).at(i));
        assertEquals(-ras.at(i), scores.channel(1).at(i));
        assertEquals(ras.at(i) * ras.at(i), scores.channel(2).at(i), 1e-7);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NARC, Z", "NCAR, Z", "NSRC, Y", "NCIL, Y", "NSAC, X", "NCPI, X"})
  void slices_go_in_one_behind_the_other_with_the_axes_that_the_layout_names(
      String layout, SliceAxis axis) throws IOException {
    boolean last = layout.endsWith("C");
    int first = last ? 1 : 2;
    // A voxel minus parts of those one step back along rows and columns; the other way round.
    SavedModels.write(
        directory,
        last ? Shape.of(-1, -1, -1, 1) : Shape.of(-1, 1, -1, -1),
        (tf, x) -> {
          Operand<TFloat32> row = tf.roll(x, tf.constant(1), tf.constant(first));
          Operand<TFloat32> column = tf.roll(x, tf.constant(1), tf.constant(first + 1));
          Operand<TFloat32> score =
              tf.math.sub(x, tf.math.add(tf.math.mul(row, tf.constant(0.25f)), column));
          return tf.concat(List.of(score, tf.math.neg(score)), tf.constant(last ? 3 : 1));
        });
    ModelCard card =
        SavedModels.card(
            new ModelCard.Input("serving_default", "volume", layout, 0, 1, 1),
            new ModelCard.Output("probability", ModelCard.Kind.ARGMAX, 2, 0, null),
            new ModelCard.Memory(10_000, null));
    Volume ras = SavedModels.noise(Masks.grid(7, 6, 5), 1);
    String directions = layout.replace("N", "").replace("C", "");
    try (var network = SavedModels.open("organ/1", directory, card, new InferenceMemory(1 << 20))) {
      assertEquals(Optional.of(axis), network.slices());
      assertTrue(network.tiles(ras.size()) > 1, "all slices were run at once");
      Scores scores = network.scores(ras);
      for (int k = 0; k < 5; k++) {
        for (int j = 0; j < 6; j++) {
          for (int i = 0; i < 7; i++) {
            float expected =
                ras.at(i, j, k)
                    - (0.25f * back(ras, i, j, k, directions.charAt(0))
                        + back(ras, i, j, k, directions.charAt(1)));
            assertEquals(expected, scores.at(0, i, j, k), 1e-6);
            assertEquals(-expected, scores.at(1, i, j, k), 1e-6);
          }
        }
      }
      assertArrayEquals(scores.largestIn(0).toBytes(), network.segment(ras).toBytes());
    }
  }

  /** The voxel one step against a direction, the last before the first. */
  private static float back(Volume ras, int i, int j, int k, char towards) {
    Size size = ras.size();
    int[] at = {i, j, k};
    int axis = "RLAPSI".indexOf(towards) / 2;
    int step = "RAS".indexOf(towards) >= 0 ? -1 : 1;
    at[axis] = Math.floorMod(at[axis] + step, size.along(axis));
    return ras.at(at[0], at[1], at[2]);
  }

  @Test
  void a_network_of_one_slice_at_a_time_is_refused() throws IOException {
    SavedModels.write(directory, Shape.of(1, -1, -1, 1), (tf, x) -> tf.identity(x));
    assertEquals(
        "expects the input 'volume' with any number of slices, but the SavedModel has"
            + " 1 [1, -1, -1, 1].",
        refusal("NARC"));
  }

  @Test
  void a_network_of_a_fixed_size_is_warmed_at_it_and_runs_at_no_other() throws IOException {
    SavedModels.write(
        directory,
        Shape.of(1, 3, 4, 5, 1),
        (tf, x) -> tf.reshape(x, tf.constant(new int[] {1, 3, 4, 5, 1})));
    ModelCard card =
        SavedModels.card(
            new ModelCard.Input("serving_default", "volume", "NSARC", 0, 1, 1, List.of(3, 4, 5)),
            new ModelCard.Output("probability", ModelCard.Kind.THRESHOLD, 1, 0, 0.5f),
            new ModelCard.Memory(64, null));
    try (SavedModelNetwork network = load(card)) {
      network.warm();
      Volume volume = SavedModels.noise(Masks.grid(5, 4, 3), 1);
      assertArrayEquals(volume.toFloats(), network.scores(volume).channel(0).toFloats());
      Volume other = SavedModels.noise(Masks.grid(3, 4, 5), 1);
      var refusal = assertThrows(IllegalArgumentException.class, () -> network.segment(other));
      assertEquals(
          "The model organ/1 takes volumes of 5×4×3 voxels (x, y, z) and no others, but this one"
              + " has 3×4×5. Put resample-to-size before it.",
          refusal.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.5f})
  void an_answer_that_is_no_number_is_refused_when_it_is_warmed(float at) throws IOException {
    // ±∞ or, of the least value, NaN.
    SavedModels.write(
        directory,
        CHANNELS_LAST,
        (tf, x) -> tf.math.div(x, tf.math.mul(x, tf.math.sub(x, tf.constant(at)))));
    try (SavedModelNetwork network = load(SavedModels.card("NSARC", 1))) {
      assertEquals(
          "The model organ/1 answers what is no number (NaN or infinite), so its weights are"
              + " damaged. Copy its version's folder again, or write it anew.",
          assertThrows(IllegalArgumentException.class, network::warm).getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NSARC", "NARC"})
  void a_network_that_divides_by_the_spread_of_its_values_is_no_damaged_one(String layout)
      throws IOException {
    boolean slices = layout.equals("NARC");
    SavedModels.write(
        directory,
        slices ? Shape.of(-1, -1, -1, 1) : CHANNELS_LAST,
        (tf, x) -> {
          Operand<TInt32> all =
              tf.constant(slices ? new int[] {0, 1, 2, 3} : new int[] {0, 1, 2, 3, 4});
          return tf.math.div(x, tf.math.sub(tf.max(x, all), tf.min(x, all)));
        });
    try (SavedModelNetwork network = load(SavedModels.card(layout, 1))) {
      assertDoesNotThrow(network::warm);
    }
  }

  @Test
  void pads_the_far_sides_to_the_divisor_with_the_least_value() throws IOException {
    // A voxel is inside if the mean over all that the network sees is above 0.5.
    SavedModels.write(
        directory,
        CHANNELS_LAST,
        (tf, x) ->
            tf.math.add(tf.zerosLike(x), tf.math.mean(x, tf.constant(new int[] {0, 1, 2, 3, 4}))));
    float[] ones = new float[5 * 4 * 3];
    Arrays.fill(ones, 1);
    Volume volume = Volume.of(Masks.grid(5, 4, 3), ones);
    // 60 voxels of 1: of 5×4×3 the mean is 1, of 6×4×4 it is 0.63, of 8×4×4 it is 0.47.
    assertEquals(60, segmentation(SavedModels.card("NSARC", 1), volume).count());
    assertEquals(60, segmentation(SavedModels.card("NSARC", 2), volume).count());
    assertEquals(0, segmentation(SavedModels.card("NSARC", 4), volume).count());
  }

  @Test
  void a_mismatch_names_what_the_card_expects_and_what_the_model_has() throws IOException {
    SavedModels.write(directory, CHANNELS_LAST, (tf, x) -> tf.identity(x));
    var in = new ModelCard.Input("serving_default", "volume", "NSARC", 0, 1, 1);
    var out = new ModelCard.Output("probability", ModelCard.Kind.THRESHOLD, 1, 0, 0.5f);
    assertEquals(
        "expects the signature 'predict', but the SavedModel has only [serving_default].",
        refusal(new ModelCard.Input("predict", "volume", "NSARC", 0, 1, 1), out));
    assertEquals(
        "expects an input named 'ct', but the SavedModel has only [volume].",
        refusal(new ModelCard.Input("serving_default", "ct", "NSARC", 0, 1, 1), out));
    assertEquals(
        "expects an output named 'mask', but the SavedModel has only [probability].",
        refusal(in, new ModelCard.Output("mask", ModelCard.Kind.THRESHOLD, 1, 0, 0.5f)));
    assertEquals(
        "expects the output 'probability' with 2 channel(s), but the SavedModel has"
            + " 1 [1, -1, -1, -1, 1].",
        refusal(in, new ModelCard.Output("probability", ModelCard.Kind.ARGMAX, 2, 1, null)));
  }

  @Test
  void a_tensor_of_another_type_is_refused() throws IOException {
    SavedModels.write(directory, TFloat64.class, CHANNELS_LAST, (tf, x) -> tf.identity(x));
    assertEquals(
        "expects the input 'volume' as float32 (DT_FLOAT), but the SavedModel has DT_DOUBLE.",
        refusal("NSARC"));
    SavedModels.write(directory, CHANNELS_LAST, (tf, x) -> tf.dtypes.cast(x, TInt32.class));
    assertEquals(
        "expects the output 'probability' as float32 (DT_FLOAT), but the SavedModel has DT_INT32.",
        refusal("NSARC"));
  }

  @Test
  void a_tensor_of_another_shape_is_refused() throws IOException {
    SavedModels.write(directory, Shape.of(1, -1, -1, 1), (tf, x) -> tf.identity(x));
    assertEquals(
        "expects the input 'volume' with rank 5 (NSARC), but the SavedModel has"
            + " rank 4 [1, -1, -1, 1].",
        refusal("NSARC"));
    SavedModels.write(directory, Shape.of(1, 2, -1, -1, -1), (tf, x) -> tf.identity(x));
    assertEquals(
        "expects the input 'volume' with 1 channel(s), but the SavedModel has 2 [1, 2, -1, -1, -1].",
        refusal("NCSAR"));
  }

  private String refusal(String layout) {
    ModelCard card = SavedModels.card(layout, 1);
    return refusal(card.input(), card.output());
  }

  private String refusal(ModelCard.Input in, ModelCard.Output out) {
    ModelCard card = SavedModels.card(in, out, null);
    String message = assertThrows(IllegalArgumentException.class, () -> load(card)).getMessage();
    String start = "The model organ/1 does not fit its card: model.yaml ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }

  @Test
  void an_answer_of_another_size_is_refused() throws IOException {
    SavedModels.write(
        directory, CHANNELS_LAST, (tf, x) -> tf.concat(List.of(x, x), tf.constant(1)));
    Volume volume = SavedModels.noise(Masks.grid(2, 3, 4), 1);
    ModelCard card = SavedModels.card("NSARC", 1);
    var refusal = assertThrows(IllegalStateException.class, () -> segmentation(card, volume));
    assertEquals(
        "The model organ/1 answered [1, 8, 3, 2, 1] for 24 voxels and 1 channel(s).",
        refusal.getMessage());
  }

  @Test
  void two_threads_may_share_a_network() throws IOException {
    SavedModels.write(directory, CHANNELS_LAST, (tf, x) -> steps(tf, x, 1));
    List<Volume> volumes =
        IntStream.range(0, 8)
            .mapToObj(i -> SavedModels.noise(Masks.grid(20 + i, 20, 20), i))
            .toList();
    try (SavedModelNetwork network = load(SavedModels.card("NSARC", 1))) {
      List<CompletableFuture<Mask>> masks =
          volumes.stream()
              .map(v -> CompletableFuture.supplyAsync(() -> network.segment(v)))
              .toList();
      for (int i = 0; i < volumes.size(); i++) {
        assertArrayEquals(
            expectedSteps(volumes.get(i), "SAR"), masks.get(i).join().toBytes(), "volume " + i);
      }
    }
  }

  @Test
  void what_lies_in_native_memory_is_let_go_at_once() throws IOException {
    SavedModels.write(directory, CHANNELS_LAST, (tf, x) -> tf.math.square(x));
    Volume volume = SavedModels.noise(Masks.grid(8, 8, 8), 1);
    long before = 0;
    for (int round = 0; round < 30; round++) {
      if (round == 5) {
        before = Pointer.totalCount();
      }
      try (SavedModelNetwork network = load(SavedModels.card("NSARC", 1))) {
        network.warm();
        network.segment(volume);
      }
    }
    long left = Pointer.totalCount() - before;
    assertTrue(left <= 5, left + " native objects are left of 25 rounds");
  }
}
