package org.islet.imported;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * How an archive of weights is to be read.
 *
 * @param order whose habits it follows
 * @param names the names of arrays in the archive, by those that the habit would give them
 * @param ignore arrays that the network does not use, by name or by what their names begin with,
 *     before a dot or a slash
 */
record ArrayNames(Order order, Map<String, String> names, List<String> ignore) {

  ArrayNames {
    order = order == null ? Order.PYTORCH : order;
    names = names == null ? Map.of() : Map.copyOf(names);
    ignore = ignore == null ? List.of() : List.copyOf(ignore);
  }

  /** The habits of a library: the order of a filter's axes, names, and a default. */
  enum Order {
    /** Filters as (out, in, x, y, z), transposed ones as (in, out, x, y, z). */
    @JsonProperty("pytorch")
    PYTORCH(".weight", ".bias", ".weight", ".bias", ".running_mean", ".running_var", 1e-5),
    /** Filters as (x, y, z, in, out), transposed ones as (x, y, z, out, in), as Keras has them. */
    @JsonProperty("tensorflow")
    TENSORFLOW("/kernel", "/bias", "/gamma", "/beta", "/moving_mean", "/moving_variance", 1e-3);

    private final String filter;
    private final String bias;
    private final String scale;
    private final String shift;
    private final String mean;
    private final String variance;
    private final double epsilon;

    Order(
        String filter,
        String bias,
        String scale,
        String shift,
        String mean,
        String variance,
        double epsilon) {
      this.filter = filter;
      this.bias = bias;
      this.scale = scale;
      this.shift = shift;
      this.mean = mean;
      this.variance = variance;
      this.epsilon = epsilon;
    }

    /** What batch normalisation adds to the variance where the description does not say. */
    double epsilon() {
      return epsilon;
    }
  }

  /** What a layer's filter is called by habit; so of the others. */
  String filter(String layer) {
    return layer + order.filter;
  }

  String bias(String layer) {
    return layer + order.bias;
  }

  String scale(String normalisation) {
    return normalisation + order.scale;
  }

  String shift(String normalisation) {
    return normalisation + order.shift;
  }

  String mean(String normalisation) {
    return normalisation + order.mean;
  }

  String variance(String normalisation) {
    return normalisation + order.variance;
  }

  /** What an array is called in the archive. */
  String actual(String name) {
    return names.getOrDefault(name, name);
  }

  /** Whether nobody need use an array: PyTorch counts batches for no other use than training. */
  boolean isIgnored(String name) {
    return name.endsWith(".num_batches_tracked")
        || ignore.stream().anyMatch(ignored -> isOf(ignored, name));
  }

  /** Whether an array has a name, or one that begins with it. */
  static boolean isOf(String ignored, String name) {
    return name.equals(ignored) || name.startsWith(ignored + ".") || name.startsWith(ignored + "/");
  }
}
