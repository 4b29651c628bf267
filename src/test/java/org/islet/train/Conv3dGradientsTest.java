package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class Conv3dGradientsTest {

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @CsvSource({"3, 3, 3", "1, 1, 1", "1, 3, 5"})
  void padding_before_gives_the_gradient_by_filter_that_padding_within_gives(
      int kz, int ky, int kx) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = random(tf, 2, 5, 6, 7, 4);
      Operand<TFloat32> dy = random(tf, 2, 5, 6, 7, 3);
      Operand<TInt32> shape = tf.constant(new int[] {kz, ky, kx, 4, 3});
      Operand<TFloat32> within =
          tf.nn.conv3dBackpropFilter(x, shape, dy, List.of(1L, 1L, 1L, 1L, 1L), "SAME");
      Operand<TFloat32> before = Conv3dGradients.byFilterOfPadded(tf, x, shape, dy);
      try (var results = session.runner().fetch(within).fetch(before).run()) {
        assertArrayEquals(
            TinyNetworks.floats((TFloat32) results.get(0)),
            TinyNetworks.floats((TFloat32) results.get(1)),
            1e-4f);
      }
    }
  }

  private Operand<TFloat32> random(Ops tf, long... shape) {
    float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    try (TFloat32 tensor =
        TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false))) {
      return tf.constantOf(tensor);
    }
  }
}
