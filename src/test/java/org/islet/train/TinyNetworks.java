package org.islet.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.islet.dataset.PreparedCase;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Small networks, and what they learn from, for tests. */
public final class TinyNetworks {

  private TinyNetworks() {}

  /** Writes {@code saved_model.pb} of a network with random weights. */
  public static void export(Path directory, Architecture architecture, long seed)
      throws IOException {
    try (Trainer trainer = new Trainer(architecture, seed, LearntWeights.none())) {
      SavedModelExport.write(directory, architecture, trainer.weights());
    }
  }

  /** A bright ball in darker noise, a quarter of the cube's edge in radius, off its middle. */
  static PreparedCase ball(int edge, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Geometry grid = Geometry.of(new Size(edge, edge, edge), 1, 1, 1);
    float[] values = new float[grid.size().count()];
    byte[] inside = new byte[values.length];
    double middle = edge * (0.4 + 0.1 * random.nextDouble());
    for (int k = 0; k < edge; k++) {
      for (int j = 0; j < edge; j++) {
        for (int i = 0; i < edge; i++) {
          int at = grid.size().index(i, j, k);
          double r = Math.hypot(Math.hypot(i - middle, j - middle), k - middle);
          inside[at] = (byte) (r < edge / 4.0 ? 1 : 0);
          values[at] = (float) (0.3 + 0.3 * inside[at] + 0.2 * random.nextDouble());
        }
      }
    }
    return PreparedCase.of(Volume.of(grid, values), Mask.of(grid, inside));
  }

  /** A whole case as a batch of one window, unchanged. */
  static Batch batch(PreparedCase from) {
    float[] truth = new float[from.size().count()];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = from.inside().get(i);
    }
    return new Batch(1, from.size(), from.input().toFloats(), truth);
  }

  /** 1 − Dice, smoothed by 1 as in the loss (Milletari et al. 2016), in double precision. */
  static double diceLoss(float[] probabilities, float[] truth) {
    double shared = 0;
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      shared += (double) probabilities[i] * truth[i];
      sum += (double) probabilities[i] + truth[i];
    }
    return 1 - (2 * shared + 1) / (sum + 1);
  }

  /** What the network with these weights answers before its sigmoid or softmax. */
  static float[] logits(Architecture architecture, LearntWeights weights, Size size, float[] x) {
    return run(architecture, weights, size, x, (network, logits) -> logits);
  }

  /** What the network with these weights answers. */
  static float[] probabilities(
      Architecture architecture, LearntWeights weights, Size size, float[] x) {
    return run(architecture, weights, size, x, UNet::probabilities);
  }

  /** What the network with these weights answers for being inside the organ. */
  static float[] organ(Architecture architecture, LearntWeights weights, Size size, float[] x) {
    return run(architecture, weights, size, x, UNet::organ);
  }

  private static float[] run(
      Architecture architecture,
      LearntWeights weights,
      Size size,
      float[] x,
      BiFunction<UNet, Operand<TFloat32>, Operand<TFloat32>> answer) {
    try (Graph graph = new Graph();
        TFloat32 input = tensor(size, x)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> in =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, -1, -1, -1, 1)));
      UNet network = new UNet(tf, architecture, new FrozenLayers(tf, weights));
      Operand<TFloat32> out = answer.apply(network, network.logits(in));
      try (Session session = new Session(graph);
          var result = session.runner().feed(in, input).fetch(out).run()) {
        return floats((TFloat32) result.get(0));
      }
    }
  }

  static TFloat32 tensor(Size size, float[] values) {
    return TFloat32.tensorOf(
        Shape.of(1, size.z(), size.y(), size.x(), 1), DataBuffers.of(values, true, false));
  }

  static float[] floats(TFloat32 tensor) {
    return LearntWeights.Array.of(tensor).values();
  }
}
