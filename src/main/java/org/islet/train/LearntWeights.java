package org.islet.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** The weights of a trained network by name, such as {@code down0/first/filter}. */
record LearntWeights(Map<String, Array> arrays) {

  /** The name of the scalar by which running sums of feature statistics are divided. */
  static final String STATISTICS_SHARE = "statistics/share";

  /** Numbers in TensorFlow's order, the last axis fastest. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Array(Shape shape, float[] values) {

    static Array of(TFloat32 tensor) {
      float[] values = new float[Math.toIntExact(tensor.shape().size())];
      tensor.asRawTensor().data().asFloats().copyTo(DataBuffers.of(values), values.length);
      return new Array(tensor.shape(), values);
    }

    private Array dividedBy(float divisor) {
      float[] quotients = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        quotients[i] = values[i] / divisor;
      }
      return new Array(shape, quotients);
    }
  }

  /** No weights, to begin afresh. */
  static LearntWeights none() {
    return new LearntWeights(Map.of());
  }

  /** The values of an array, or others if there is none of this name. */
  float[] valuesOr(String name, float[] others) {
    Array array = arrays.get(name);
    return array == null ? others : array.values();
  }

  /** The arrays whose names do not begin so. */
  LearntWeights without(String prefix) {
    Map<String, Array> rest = new LinkedHashMap<>(arrays);
    rest.keySet().removeIf(name -> name.startsWith(prefix));
    return new LearntWeights(rest);
  }

  Array get(String name) {
    return arrays.get(name);
  }

  int count() {
    return arrays.values().stream().mapToInt(a -> a.values().length).sum();
  }

  /**
   * The means of those arrays that have one.
   *
   * @param prefix what the name of an array's weighted sum begins with
   * @param share the name of the scalar by which the sums are divided; where it is 0, the arrays
   *     stay as they are
   */
  LearntWeights averaged(String prefix, String share) {
    float divisor = get(share).values()[0];
    Map<String, Array> means = new LinkedHashMap<>(without(prefix).arrays);
    means.remove(share);
    if (divisor > 0) {
      means.replaceAll((name, array) -> get(prefix + name).dividedBy(divisor));
    }
    return new LearntWeights(means);
  }

  /**
   * The same function without batch normalisation: a layer's scale, mean and variance, sums of
   * which are {@code mean} and {@code variance}, go into its filter and bias.
   */
  LearntWeights withStatisticsFolded(float epsilon) {
    Map<String, Array> folded = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          String layer = name.substring(0, name.lastIndexOf('/'));
          if (name.equals(STATISTICS_SHARE)) {
            return;
          }
          if (!arrays.containsKey(layer + "/variance")) {
            folded.put(name, array);
          } else if (name.endsWith("/filter")) {
            folded.put(name, foldedFilter(layer, array, epsilon));
          } else if (name.endsWith("/bias")) {
            folded.put(name, foldedBias(layer, array, epsilon));
          }
        });
    return new LearntWeights(folded);
  }

  private Array foldedFilter(String layer, Array filter, float epsilon) {
    float[] gain = gain(layer, epsilon);
    float[] values = filter.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= gain[i % gain.length];
    }
    return new Array(filter.shape(), values);
  }

  private Array foldedBias(String layer, Array bias, float epsilon) {
    float[] gain = gain(layer, epsilon);
    float[] mean = get(layer + "/mean").values();
    float[] values = bias.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean[i] / statisticsShare() * gain[i];
    }
    return new Array(bias.shape(), values);
  }

  private float[] gain(String layer, float epsilon) {
    float[] scale = get(layer + "/scale").values();
    float[] variance = get(layer + "/variance").values();
    float[] gain = new float[scale.length];
    for (int i = 0; i < gain.length; i++) {
      gain[i] = (float) (scale[i] / Math.sqrt(variance[i] / statisticsShare() + epsilon));
    }
    return gain;
  }

  private float statisticsShare() {
    return get(STATISTICS_SHARE).values()[0];
  }
}
