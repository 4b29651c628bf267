package org.islet.model;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.islet.format.WholeFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * Writes a graph whose weights are constants as a SavedModel: there is nothing to restore, and
 * TensorFlow fuses and reorders the weights once ({@code
 * docs/decisions/0003-weights-as-constants.md}).
 */
public final class SavedModelFile {

  /** What makes a folder a version of a model. */
  public static final String NAME = "saved_model.pb";

  private SavedModelFile() {}

  /**
   * A tensor of the signature.
   *
   * @param name in the signature
   * @param shape with −1 where any length will do
   */
  public record Tensor(String name, Operand<TFloat32> operand, Shape shape) {}

  /**
   * @param directory of the version, made if it is not there
   * @throws IOException if the file cannot be written
   */
  public static void write(Path directory, Graph graph, Tensor input, Tensor output)
      throws IOException {
    SignatureDef signature =
        SignatureDef.newBuilder()
            .setMethodName("tensorflow/serving/predict")
            .putInputs(input.name(), info(input))
            .putOutputs(output.name(), info(output))
            .build();
    SavedModel model =
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(1)
            .addMetaGraphs(
                MetaGraphDef.newBuilder()
                    .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                    .setGraphDef(graph.toGraphDef())
                    .putSignatureDef(Signature.DEFAULT_KEY, signature))
            .build();
    WholeFile.write(directory.resolve(NAME), bytes(model));
  }

  /** The same bytes for the same model: a message's maps are written in the order of their keys. */
  private static byte[] bytes(SavedModel model) throws IOException {
    byte[] bytes = new byte[model.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    model.writeTo(out);
    return bytes;
  }

  private static TensorInfo info(Tensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : tensor.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return TensorInfo.newBuilder()
        .setName(tensor.operand().op().name() + ":0")
        .setDtype(org.tensorflow.proto.DataType.DT_FLOAT)
        .setTensorShape(shape)
        .build();
  }
}
