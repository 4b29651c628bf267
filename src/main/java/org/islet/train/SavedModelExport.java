package org.islet.train;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.islet.format.WholeFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * Writes a trained network as a SavedModel whose weights are constants of its graph: there is
 * nothing to restore, and TensorFlow fuses and reorders the weights once.
 */
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
      Placeholder<TFloat32> input =
          tf.withName(INPUT)
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, -1, -1, -1, 1)));
      UNet network = new UNet(tf, architecture, new FrozenLayers(tf, weights));
      Operand<TFloat32> output =
          tf.withName(OUTPUT).identity(network.probabilities(network.logits(input)));
      SavedModel model =
          SavedModel.newBuilder()
              .setSavedModelSchemaVersion(1)
              .addMetaGraphs(
                  MetaGraphDef.newBuilder()
                      .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                      .setGraphDef(graph.toGraphDef())
                      .putSignatureDef(
                          Signature.DEFAULT_KEY, signature(input, output, architecture.classes())))
              .build();
      WholeFile.write(directory.resolve("saved_model.pb"), bytes(model));
    }
  }

  /** The same bytes for the same model: a message's maps are written in the order of their keys. */
  private static byte[] bytes(SavedModel model) throws IOException {
    byte[] bytes = new byte[model.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    model.writeTo(out);
    return bytes;
  }

  private static SignatureDef signature(
      Operand<TFloat32> input, Operand<TFloat32> output, int classes) {
    return SignatureDef.newBuilder()
        .setMethodName("tensorflow/serving/predict")
        .putInputs(INPUT, tensor(input, 1))
        .putOutputs(OUTPUT, tensor(output, classes))
        .build();
  }

  private static TensorInfo tensor(Operand<TFloat32> operand, int channels) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : new long[] {1, -1, -1, -1, channels}) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return TensorInfo.newBuilder()
        .setName(operand.op().name() + ":0")
        .setDtype(org.tensorflow.proto.DataType.DT_FLOAT)
        .setTensorShape(shape)
        .build();
  }
}
