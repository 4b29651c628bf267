package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.islet.train.LearntWeights.Array;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class LearntWeightsTest {

  private static Array array(Shape shape, float... values) {
    return new Array(shape, values);
  }

  @Test
  void folding_moves_scale_mean_and_variance_into_filter_and_bias() {
    Shape two = Shape.of(2);
    LearntWeights folded =
        new LearntWeights(
                Map.of(
                    "a/filter",
                    array(Shape.of(1, 1, 1, 2, 2), 1, 2, 3, 4),
                    "a/scale",
                    array(two, 3, 10),
                    "a/bias",
                    array(two, 0.5f, -1),
                    "a/mean",
                    array(two, 0.5f, 0.025f),
                    "a/variance",
                    array(two, 2, 6),
                    LearntWeights.STATISTICS_SHARE,
                    array(Shape.scalar(), 0.25f),
                    "b/filter",
                    array(Shape.of(1, 1, 1, 2, 1), 7, 9),
                    "b/bias",
                    array(Shape.of(1), 5)))
            .withStatisticsFolded(1);
    // The means are 2 and 0.1, the variances 8 and 24.
    // y = scale · (w·x − mean) / √(variance + 1) + bias, so the gains are 3/√9 = 1 and 10/√25 = 2.
    assertEquals(Set.of("a/filter", "a/bias", "b/filter", "b/bias"), folded.arrays().keySet());
    assertArrayEquals(new float[] {1, 4, 3, 8}, folded.get("a/filter").values(), 1e-6f);
    assertArrayEquals(new float[] {-1.5f, -1.2f}, folded.get("a/bias").values(), 1e-6f);
    assertArrayEquals(new float[] {7, 9}, folded.get("b/filter").values());
    assertArrayEquals(new float[] {5}, folded.get("b/bias").values());
    assertEquals(Shape.of(1, 1, 1, 2, 2), folded.get("a/filter").shape());
    assertEquals(9, folded.count());
  }
}
