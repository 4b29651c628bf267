package org.islet.imported;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.islet.format.InputRefusedException;
import org.islet.format.NpyArray;
import org.islet.format.NpzArchive;
import org.islet.imported.ArrayNames.Order;
import org.islet.stage.Nearest;

/**
 * The arrays of an archive, in TensorFlow's order and with batch normalisation folded into the
 * convolution before it. Whatever is missing or of another shape is a problem of its layer.
 */
final class Weights {

  private final Path file;
  private final NpzArchive archive;
  private final Path description;
  private final ArrayNames names;
  private final Problems problems;
  private final Set<String> asked = new TreeSet<>();
  private final Set<String> used = new TreeSet<>();
  private final List<Missing> missing = new ArrayList<>();

  private record Missing(String layer, String array) {}

  /**
   * @param description the file that gives the names
   * @param problems what is found wrong is added to them
   */
  Weights(Path file, NpzArchive archive, Path description, ArrayNames names, Problems problems) {
    this.file = file;
    this.description = description;
    this.archive = archive;
    this.names = names;
    this.problems = problems;
  }

  /**
   * What a convolution, a transposed one or batch normalisation computes with.
   *
   * @param filter (kernel…, in, out), or (kernel…, out, in) of a transposed one; empty of batch
   *     normalisation alone
   * @param scale of each channel that comes out; folded into the filter where there is one
   * @param shift of each channel that comes out
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Folded(NpyArray filter, float[] scale, float[] shift) {

    private boolean isFinite() {
      return firstNotFinite(scale).isEmpty()
          && firstNotFinite(shift).isEmpty()
          && (filter == null || firstNotFinite(filter.values()).isEmpty());
    }
  }

  private static Optional<Float> firstNotFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /**
   * The weights of a node; nothing if some are missing or wrong, or the layer has none.
   *
   * @throws IOException if the archive cannot be read
   */
  Optional<Folded> of(Node node) throws IOException {
    Optional<Folded> weights = weights(node);
    if (weights.isPresent() && !weights.get().isFinite()) {
      problems.add(
          file,
          node.name(),
          "folding its batch normalisation gives numbers too large for float32; check its arrays"
              + " and epsilon");
      return Optional.empty();
    }
    return weights;
  }

  private Optional<Folded> weights(Node node) throws IOException {
    if (node.layer() instanceof Layer.Filtered c) {
      return folded(node, c);
    } else if (node.layer() instanceof Layer.Normalisation n) {
      return normalisation(node, n.weights(), n.epsilon())
          .map(g -> new Folded(null, g.scale, g.shift));
    }
    return Optional.empty();
  }

  /** Adds a problem for each array that was asked for and is not there. */
  void requireNoneMissing() {
    for (Missing one : missing) {
      problems.add(
          file,
          one.layer,
          "there is no array '%s'%s".formatted(one.array, Nearest.hint(one.array, unused())));
    }
  }

  /** Adds a problem for each array that nothing used and the description does not set aside. */
  void requireAllUsed() {
    for (String name : unused()) {
      problems.add(
          file,
          "the array %s is used by no layer; name its layer, or put it under weights.ignore"
              .formatted(name));
    }
  }

  /** Adds a problem for each name that the description gives to an array that no layer has. */
  void requireNamesUsed() {
    for (String name : new TreeSet<>(names.names().keySet())) {
      if (!asked.contains(name)) {
        problems.add(
            description,
            "weights.names: no layer has an array '%s'%s"
                .formatted(name, Nearest.hint(name, asked)));
      }
    }
  }

  /** Adds a problem for each array that the description sets aside and that is not there. */
  void requireIgnoredThere() {
    for (String ignored : names.ignore()) {
      if (archive.names().stream().noneMatch(name -> ArrayNames.isOf(ignored, name))) {
        problems.add(
            description,
            "weights.ignore: the archive has no array '%s', and none whose name begins so%s"
                .formatted(ignored, Nearest.hint(ignored, archive.names())));
      }
    }
  }

  private List<String> unused() {
    return archive.names().stream()
        .filter(name -> !used.contains(name) && !names.isIgnored(name))
        .toList();
  }

  /** The filter in TensorFlow's order. */
  private Optional<NpyArray> filter(Node node, Layer.Filtered layer) throws IOException {
    boolean transposed = layer instanceof Layer.TransposedConvolution;
    int first = transposed ? node.channels() : node.input().channels();
    int last = transposed ? node.input().channels() : node.channels();
    String name = names.filter(layer.weights());
    List<Integer> shape = new ArrayList<>();
    IntStream.range(0, node.size().size()).map(layer.kernel()::along).forEach(shape::add);
    if (names.order() == Order.TENSORFLOW) {
      shape.addAll(List.of(first, last));
      return read(node, name, shape);
    }
    shape.addAll(0, List.of(last, first));
    return read(node, name, shape).map(Weights::channelsLast);
  }

  /** An array (a, b, kernel…) as (kernel…, b, a). */
  private static NpyArray channelsLast(NpyArray array) {
    int a = array.shape().get(0);
    int b = array.shape().get(1);
    List<Integer> kernel = array.shape().subList(2, array.shape().size());
    int places = kernel.stream().reduce(1, (x, y) -> x * y);
    float[] values = new float[array.values().length];
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < b; j++) {
        for (int k = 0; k < places; k++) {
          values[(k * b + j) * a + i] = array.values()[(i * b + j) * places + k];
        }
      }
    }
    List<Integer> shape = new ArrayList<>(kernel);
    shape.addAll(List.of(b, a));
    return new NpyArray(List.copyOf(shape), values);
  }

  private Optional<float[]> bias(Node node, Layer.Filtered layer) throws IOException {
    return layer.bias()
        ? row(node, names.bias(layer.weights()))
        : Optional.of(new float[node.channels()]);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Gain(float[] scale, float[] shift) {}

  /** Batch normalisation (Ioffe and Szegedy 2015) as a scale and a shift of each channel. */
  private Optional<Gain> normalisation(Node node, String name, double epsilon) throws IOException {
    Optional<float[]> gamma = row(node, names.scale(name));
    Optional<float[]> beta = row(node, names.shift(name));
    Optional<float[]> mean = row(node, names.mean(name));
    Optional<float[]> variance = row(node, names.variance(name));
    if (gamma.isEmpty() || beta.isEmpty() || mean.isEmpty() || variance.isEmpty()) {
      return Optional.empty();
    }
    float[] scale = new float[node.channels()];
    float[] shift = new float[node.channels()];
    for (int c = 0; c < scale.length; c++) {
      if (variance.get()[c] < 0) {
        problems.add(
            file,
            node.name(),
            "%s has a value below 0".formatted(names.actual(names.variance(name))));
        return Optional.empty();
      }
      double deviation = Math.sqrt(variance.get()[c] + epsilon);
      scale[c] = (float) (gamma.get()[c] / deviation);
      shift[c] = (float) (beta.get()[c] - mean.get()[c] * (gamma.get()[c] / deviation));
    }
    return Optional.of(new Gain(scale, shift));
  }

  /** The gain of the batch normalisation after a convolution; one of 1 if there is none. */
  private Optional<Gain> gain(Node node, Layer.Filtered layer) throws IOException {
    if (layer.normalisation() != null) {
      return normalisation(node, layer.normalisation(), layer.epsilon());
    }
    float[] ones = new float[node.channels()];
    Arrays.fill(ones, 1);
    return Optional.of(new Gain(ones, new float[ones.length]));
  }

  private Optional<Folded> folded(Node node, Layer.Filtered layer) throws IOException {
    Optional<NpyArray> filter = filter(node, layer);
    Optional<float[]> bias = bias(node, layer);
    Optional<Gain> gain = gain(node, layer);
    if (filter.isEmpty() || bias.isEmpty() || gain.isEmpty()) {
      return Optional.empty();
    }
    float[] scale = gain.get().scale;
    float[] values = filter.get().values();
    int run = layer instanceof Layer.TransposedConvolution ? node.input().channels() : 1;
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale[i / run % scale.length];
    }
    float[] shift = gain.get().shift.clone();
    for (int c = 0; c < shift.length; c++) {
      shift[c] += bias.get()[c] * scale[c];
    }
    return Optional.of(new Folded(filter.get(), scale, shift));
  }

  private Optional<float[]> row(Node node, String name) throws IOException {
    return read(node, name, List.of(node.channels())).map(NpyArray::values);
  }

  private Optional<NpyArray> read(Node node, String habit, List<Integer> shape) throws IOException {
    String name = names.actual(habit);
    asked.add(habit);
    if (!archive.names().contains(name)) {
      missing.add(new Missing(node.name(), name));
      return Optional.empty();
    }
    used.add(name);
    try {
      NpyArray array = archive.read(name);
      if (!array.shape().equals(shape)) {
        problems.add(
            file,
            node.name(),
            "%s should have the shape %s, but has %s".formatted(name, shape, array.shape()));
        return Optional.empty();
      }
      Optional<Float> wrong = firstNotFinite(array.values());
      wrong.ifPresent(
          value ->
              problems.add(
                  file,
                  node.name(),
                  "%s holds a value that is %s"
                      .formatted(name, value.isNaN() ? "no number (NaN)" : "infinite")));
      return wrong.isPresent() ? Optional.empty() : Optional.of(array);
    } catch (InputRefusedException e) {
      problems.add(file, node.name(), e.getMessage());
      return Optional.empty();
    }
  }
}
