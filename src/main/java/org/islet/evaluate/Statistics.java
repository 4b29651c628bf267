package org.islet.evaluate;

import java.util.Arrays;

/**
 * What several numbers have in common. NaN stands for no value.
 *
 * @param n how many numbers there are
 * @param mean their mean; NaN if n is 0
 * @param sd their sample standard deviation, which divides by n − 1; NaN if n is less than 2
 * @param max the largest; NaN if n is 0
 * @param min the least; NaN if n is 0
 */
public record Statistics(int n, double mean, double sd, double max, double min) {

  /** The statistics of those numbers that are not NaN. */
  public static Statistics of(double... values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    int n = known.length;
    double mean = Arrays.stream(known).average().orElse(Double.NaN);
    double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
    return new Statistics(
        n,
        mean,
        n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)),
        Arrays.stream(known).max().orElse(Double.NaN),
        Arrays.stream(known).min().orElse(Double.NaN));
  }

  /**
   * The value below which a share of the numbers lies, interpolated linearly between ranks as NumPy
   * does by default.
   *
   * @param sorted at least one number, in rising order
   * @param share 0 to 1
   */
  static double quantile(double[] sorted, double share) {
    double rank = share * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
