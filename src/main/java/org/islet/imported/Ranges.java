package org.islet.imported;

/** Refuses numbers of a layer that cannot be meant, and those that nothing would use. */
final class Ranges {

  private Ranges() {}

  /**
   * @param given as the description gives it
   * @param whole the same with nothing left open
   * @throws IllegalArgumentException if a number cannot be meant
   */
  static void require(Layer given, Layer whole) {
    requireSlope("slope", given.slope());
    if (given.slope() != null && whole.activation() != Activation.LEAKY_RELU) {
      throw new IllegalArgumentException(
          "slope is of activation: leaky-relu, and this layer has another; leave one of them out.");
    }
    if (given instanceof Layer.Normalisation n) {
      requireEpsilon("epsilon", n.epsilon());
    } else if (given instanceof Layer.Filtered f) {
      requireEpsilon("epsilon", f.epsilon());
      if (f.epsilon() != null && f.normalisation() == null) {
        throw new IllegalArgumentException(
            "epsilon is of batch normalisation, and this layer has none; give normalisation too or"
                + " leave it out.");
      }
    }
  }

  /**
   * @param epsilon may be null
   * @throws IllegalArgumentException if it is not what keeps a division by a variance from failing
   */
  static void requireEpsilon(String key, Double epsilon) {
    if (epsilon != null && !(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException(
          "%s should be above 0 and at most 1, not %s.".formatted(key, epsilon));
    }
  }

  /**
   * @param slope may be null
   * @throws IllegalArgumentException if it is infinite, as numbers are that are too large
   */
  static void requireSlope(String key, Double slope) {
    if (slope != null && !Float.isFinite(slope.floatValue())) {
      throw new IllegalArgumentException(
          "%s should be a finite number, not %s.".formatted(key, slope));
    }
  }
}
