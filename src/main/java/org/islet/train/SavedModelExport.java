package org.islet.train;

import java.io.IOException;
import java.nio.file.Path;
import org.islet.model.SavedModelFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Writes a trained network as a SavedModel whose weights are constants of its graph. */
final class SavedModelExport {

  static final String INPUT = "volume";
  static final String OUTPUT = "probability";

  private SavedModelExport() {}

  /**
   * @param directory of the version, made if it is not there
   * @throws IOException if the file cannot be written
   */
  static void write(Path directory, Architecture architecture, LearntWeights weights)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Shape in = Shape.of(1, -1, -1, -1, 1);
      Shape out = Shape.of(1, -1, -1, -1, architecture.classes());
      Placeholder<TFloat32> input =
          tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(in));
      UNet network = new UNet(tf, architecture, new FrozenLayers(tf, weights));
      Operand<TFloat32> output =
          tf.withName(OUTPUT).identity(network.probabilities(network.logits(input)));
      SavedModelFile.write(
          directory,
          graph,
          new SavedModelFile.Tensor(INPUT, input, in),
          new SavedModelFile.Tensor(OUTPUT, output, out));
    }
  }
}
