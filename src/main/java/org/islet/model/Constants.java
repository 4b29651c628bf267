package org.islet.model;

import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** The numbers that are part of a graph, as weights may be. */
final class Constants {

  private Constants() {}

  /** The names of those that hold what is no number (NaN), which no trained network has. */
  static List<String> spoilt(GraphDef graph) {
    return Stream.concat(
            graph.getNodeList().stream(),
            graph.getLibrary().getFunctionList().stream()
                .map(FunctionDef::getNodeDefList)
                .flatMap(List::stream))
        .filter(Constants::isSpoilt)
        .map(NodeDef::getName)
        .toList();
  }

  private static boolean isSpoilt(NodeDef node) {
    TensorProto tensor = node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
    return tensor.getDtype() == DataType.DT_FLOAT
        && (hasNaN(tensor.getTensorContent())
            || tensor.getFloatValList().stream().anyMatch(value -> value.isNaN()));
  }

  private static boolean hasNaN(ByteString content) {
    FloatBuffer values =
        content.asReadOnlyByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    while (values.hasRemaining()) {
      if (Float.isNaN(values.get())) {
        return true;
      }
    }
    return false;
  }
}
