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
  @CsvSource({"3, 3, 3, 1, 1", "1, 1, 1, 1, 1", "1, 3, 5, 1, 3", "3, 3, 3, 2, 1", "3, 3, 3, 2, 3"})
  void padded_before_and_in_pieces_it_is_the_gradient_by_filter_that_tensorflow_gives(
      int kz, int ky, int kx, int from, int to) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = random(tf, 2, 5, 6, 7, 4);
      Operand<TFloat32> dy = random(tf, 2, 5, 6, 7, 3);
      Operand<TInt32> shape = tf.constant(new int[] {kz, ky, kx, 4, 3});
      Operand<TFloat32> whole =
          tf.nn.conv3dBackpropFilter(x, shape, dy, List.of(1L, 1L, 1L, 1L, 1L), "SAME");
      Operand<TFloat32> inPieces = Conv3dGradients.byFilterInPieces(tf, x, shape, dy, from, to);
      try (var results = session.runner().fetch(whole).fetch(inPieces).run()) {
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
