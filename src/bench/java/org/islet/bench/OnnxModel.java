package org.islet.bench;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network in the Open Neural Network Exchange format, written out as protobuf. Field numbers are
 * those of onnx.proto3 (ONNX 1.8, operator set 13); only float tensors are known.
 */
final class OnnxModel {

  private static final int IR_VERSION = 7;
  private static final int OPERATOR_SET = 13;
  private static final int FLOAT = 1;

  private final List<Node> nodes = new ArrayList<>();
  private final List<byte[]> initializers = new ArrayList<>();
  private final List<byte[]> inputs = new ArrayList<>();
  private final List<byte[]> outputs = new ArrayList<>();

  /**
   * A step of the network, whose output has its name.
   *
   * @param inputs may be added to
   * @param attributes a {@code String}, a {@code Long} or a {@code long[]} each
   */
  record Node(String type, String name, List<String> inputs, Map<String, Object> attributes) {}

  /** Adds a step whose inputs are there already. */
  Node add(String type, String name, List<String> from, Map<String, Object> attributes) {
    Node node = new Node(type, name, new ArrayList<>(from), attributes);
    nodes.add(node);
    return node;
  }

  /** Adds weights, the last axis fastest. */
  void addWeights(String name, long[] shape, float[] values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    initializers.add(
        message(
            out -> {
              for (long length : shape) {
                out.writeInt64(1, length);
              }
              out.writeInt32(2, FLOAT);
              out.writeString(8, name);
              out.writeByteArray(9, raw.array());
            }));
  }

  void addInput(String name, long... shape) {
    inputs.add(valueInfo(name, shape));
  }

  void addOutput(String name, long... shape) {
    outputs.add(valueInfo(name, shape));
  }

  /** The model as a file holds it. */
  byte[] toBytes() {
    byte[] operators = message(out -> out.writeInt64(2, OPERATOR_SET));
    return message(
        out -> {
          out.writeInt64(1, IR_VERSION);
          out.writeByteArray(7, graph());
          out.writeByteArray(8, operators);
        });
  }

  private byte[] graph() {
    return message(
        out -> {
          for (Node node : nodes) {
            out.writeByteArray(1, bytes(node));
          }
          out.writeString(2, "network");
          writeAll(out, 5, initializers);
          writeAll(out, 11, inputs);
          writeAll(out, 12, outputs);
        });
  }

  private static byte[] bytes(Node node) {
    return message(
        out -> {
          for (String input : node.inputs()) {
            out.writeString(1, input);
          }
          out.writeString(2, node.name());
          out.writeString(4, node.type());
          for (var attribute : node.attributes().entrySet()) {
            out.writeByteArray(5, attribute(attribute.getKey(), attribute.getValue()));
          }
        });
  }

  private static byte[] attribute(String name, Object value) {
    return message(
        out -> {
          out.writeString(1, name);
          if (value instanceof Long number) {
            out.writeInt64(3, number);
            out.writeInt32(20, 2);
          } else if (value instanceof String text) {
            out.writeString(4, text);
            out.writeInt32(20, 3);
          } else {
            for (long number : (long[]) value) {
              out.writeInt64(8, number);
            }
            out.writeInt32(20, 7);
          }
        });
  }

  private static byte[] valueInfo(String name, long... lengths) {
    List<byte[]> axes = new ArrayList<>();
    for (long length : lengths) {
      axes.add(message(out -> out.writeInt64(1, length)));
    }
    byte[] shape = message(out -> writeAll(out, 1, axes));
    byte[] tensor =
        message(
            out -> {
              out.writeInt32(1, FLOAT);
              out.writeByteArray(2, shape);
            });
    byte[] type = message(out -> out.writeByteArray(1, tensor));
    return message(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, type);
        });
  }

  private static void writeAll(CodedOutputStream out, int field, List<byte[]> messages)
      throws IOException {
    for (byte[] message : messages) {
      out.writeByteArray(field, message);
    }
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory does not fail.", e);
    }
    return bytes.toByteArray();
  }
}
