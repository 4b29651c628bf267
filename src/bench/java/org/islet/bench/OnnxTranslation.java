package org.islet.bench;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The same network for ONNX Runtime: a TensorFlow graph with constant weights, node by node.
 * TensorFlow's tensors are (N, z, y, x, C), ONNX's (N, C, z, y, x); with one channel in and one out
 * both networks take and give the same array.
 */
final class OnnxTranslation {

  /** From TensorFlow's filters (z, y, x, in, out), or (z, y, x, out, in) of a transposed one. */
  private static final int[] FILTER_AXES = {4, 3, 0, 1, 2};

  private final OnnxModel onnx = new OnnxModel();
  private final long[] shape;
  private final Map<String, TensorProto> constants = new HashMap<>();

  /** The ONNX output that stands for a TensorFlow node's. */
  private final Map<String, String> outputs = new HashMap<>();

  private final Map<String, OnnxModel.Node> convolutions = new HashMap<>();

  /** How many voxels a node's output has for each voxel of the network's input. */
  private final Map<String, Double> voxels = new HashMap<>();

  private double operationsPerVoxel;

  /**
   * @param graph each node behind those it takes from
   * @param output the node that gives the network's answer
   * @param size of the input along z, y and x in voxels
   * @throws IllegalArgumentException if the graph holds what is not known here
   */
  OnnxTranslation(GraphDef graph, String output, long... size) {
    shape = new long[] {1, 1, size[0], size[1], size[2]};
    graph.getNodeList().forEach(this::translate);
    onnx.addOutput(outputs.get(output), shape);
  }

  /** The ONNX model as a file holds it. */
  byte[] model() {
    return onnx.toBytes();
  }

  /** Multiplications and additions in convolutions, for each voxel of the input. */
  double operationsPerVoxel() {
    return operationsPerVoxel;
  }

  private void translate(NodeDef node) {
    AttrValue format = node.getAttrMap().get("data_format");
    if (format != null && !format.getS().toStringUtf8().matches("NDHWC|NHWC")) {
      throw new IllegalArgumentException(
          "%s of %s should have its channels last, not %s."
              .formatted(node.getOp(), node.getName(), format.getS().toStringUtf8()));
    }
    switch (node.getOp()) {
      case "Const" -> constants.put(node.getName(), node.getAttrOrThrow("value").getTensor());
      case "Shape" -> {} // ONNX needs no shape to enlarge to
      case "Placeholder" -> input(node);
      case "Identity", "Relu", "Sigmoid" ->
          add(node, node.getOp(), List.of(node.getInput(0)), Map.of(), 1);
      case "MaxPool3D" -> maximum(node);
      case "ConcatV2" -> concatenation(node);
      case "Conv3D" -> convolution(node, "Conv", node.getInput(0), 1);
      case "Conv3DBackpropInputV2" -> convolution(node, "ConvTranspose", node.getInput(2), 8);
      case "BiasAdd" -> bias(node);
      default ->
          throw new IllegalArgumentException(
              "The operation %s of %s is not known to this benchmark."
                  .formatted(node.getOp(), node.getName()));
    }
  }

  private OnnxModel.Node add(
      NodeDef node,
      String type,
      List<String> inputs,
      Map<String, Object> attributes,
      double enlargement) {
    outputs.put(node.getName(), node.getName());
    voxels.put(node.getName(), voxels.get(inputs.get(0)) * enlargement);
    return onnx.add(type, node.getName(), inputs.stream().map(outputs::get).toList(), attributes);
  }

  private void input(NodeDef node) {
    outputs.put(node.getName(), node.getName());
    voxels.put(node.getName(), 1.0);
    onnx.addInput(node.getName(), shape);
  }

  private void maximum(NodeDef node) {
    long[] strides = spatial(node, "strides");
    Map<String, Object> attributes =
        Map.of(
            "kernel_shape", spatial(node, "ksize"),
            "strides", strides,
            "auto_pad", padding(node));
    double fewer = 1.0 / (strides[0] * strides[1] * strides[2]);
    add(node, "MaxPool", List.of(node.getInput(0)), attributes, fewer);
  }

  private void concatenation(NodeDef node) {
    int last = node.getInputCount() - 1;
    int axis = constants.get(node.getInput(last)).getIntVal(0);
    if (axis != 4) {
      throw new IllegalArgumentException(
          "%s should join channels (axis 4), not axis %d.".formatted(node.getName(), axis));
    }
    add(node, "Concat", node.getInputList().subList(0, last), Map.of("axis", 1L), 1);
  }

  private void convolution(NodeDef node, String type, String from, double enlargement) {
    String filter = node.getInput(1);
    float[] values = floats(constants.get(filter));
    long[] lengths = shape(constants.get(filter));
    String weights = node.getName() + "/weights";
    onnx.addWeights(
        weights,
        Arrays.stream(FILTER_AXES).mapToLong(axis -> lengths[axis]).toArray(),
        permuted(values, lengths, FILTER_AXES));
    Map<String, Object> attributes =
        Map.of("strides", spatial(node, "strides"), "auto_pad", padding(node));
    OnnxModel.Node convolution = add(node, type, List.of(from), attributes, enlargement);
    convolution.inputs().add(weights);
    convolutions.put(node.getName(), convolution);
    // Each filter value is multiplied and added once per voxel of the smaller side.
    operationsPerVoxel += 2.0 * values.length * voxels.get(from);
  }

  private void bias(NodeDef node) {
    String biased = node.getInput(0);
    String bias = node.getName() + "/weights";
    TensorProto constant = constants.get(node.getInput(1));
    onnx.addWeights(bias, shape(constant), floats(constant));
    convolutions.get(biased).inputs().add(bias);
    outputs.put(node.getName(), biased);
    voxels.put(node.getName(), voxels.get(biased));
  }

  private static long[] spatial(NodeDef node, String attribute) {
    List<Long> all = node.getAttrOrThrow(attribute).getList().getIList();
    return all.subList(1, 4).stream().mapToLong(Long::longValue).toArray();
  }

  private static String padding(NodeDef node) {
    String padding = node.getAttrOrThrow("padding").getS().toStringUtf8();
    return padding.equals("SAME") ? "SAME_UPPER" : padding;
  }

  private static long[] shape(TensorProto tensor) {
    return tensor.getTensorShape().getDimList().stream()
        .mapToLong(TensorShapeProto.Dim::getSize)
        .toArray();
  }

  private static float[] floats(TensorProto tensor) {
    long count = Arrays.stream(shape(tensor)).reduce(1, Math::multiplyExact);
    float[] values = new float[Math.toIntExact(count)];
    if (tensor.getTensorContent().isEmpty()) {
      int last = tensor.getFloatValCount() - 1; // repeated to the end
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatVal(Math.min(i, last));
      }
    } else {
      tensor
          .getTensorContent()
          .asReadOnlyByteBuffer()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
    }
    return values;
  }

  /** The values of an array whose axes are put in another order; the last axis is fastest. */
  private static float[] permuted(float[] values, long[] lengths, int... order) {
    int[] steps = new int[lengths.length];
    int step = 1;
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      steps[axis] = step;
      step *= (int) lengths[axis];
    }
    float[] permuted = new float[values.length];
    for (int to = 0; to < values.length; to++) {
      int rest = to;
      int from = 0;
      for (int i = order.length - 1; i >= 0; i--) {
        int length = (int) lengths[order[i]];
        from += rest % length * steps[order[i]];
        rest /= length;
      }
      permuted[to] = values[from];
    }
    return permuted;
  }
}
