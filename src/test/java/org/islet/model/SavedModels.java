package org.islet.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiFunction;
import org.islet.stage.Precision;
import org.islet.volume.Geometry;
import org.islet.volume.Volume;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * SavedModels as somebody else might have made them: any graph, with input {@code volume} and
 * output {@code probability} in {@code serving_default}; and cards and volumes for tests.
 */
public final class SavedModels {

  public static final Shape CHANNELS_LAST = Shape.of(1, -1, -1, -1, 1);
  public static final Shape CHANNELS_FIRST = Shape.of(1, 1, -1, -1, -1);

  private SavedModels() {}

  public static void write(
      Path directory,
      Shape input,
      BiFunction<Ops, Operand<TFloat32>, Operand<? extends TType>> network)
      throws IOException {
    write(directory, TFloat32.class, input, network);
  }

  public static <T extends TType> void write(
      Path directory,
      Class<T> type,
      Shape input,
      BiFunction<Ops, Operand<T>, Operand<? extends TType>> network)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<T> x = tf.placeholder(type, Placeholder.shape(input));
      Operand<? extends TType> y = network.apply(tf, x);
      var signature =
          SignatureDef.newBuilder()
              .setMethodName("tensorflow/serving/predict")
              .putInputs("volume", info(x))
              .putOutputs("probability", info(y));
      var meta =
          MetaGraphDef.newBuilder()
              .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
              .setGraphDef(graph.toGraphDef())
              .putSignatureDef("serving_default", signature.build());
      Files.createDirectories(directory);
      Files.write(
          directory.resolve("saved_model.pb"),
          SavedModel.newBuilder()
              .setSavedModelSchemaVersion(1)
              .addMetaGraphs(meta)
              .build()
              .toByteArray());
    }
  }

  private static TensorInfo info(Operand<? extends TType> operand) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : operand.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return TensorInfo.newBuilder()
        .setName(operand.op().name() + ":0")
        .setDtype(operand.asOutput().dataType())
        .setTensorShape(shape)
        .build();
  }

  /** A card for a threshold of 0.5 on one channel, with no word on memory. */
  public static ModelCard card(String layout, int divisor) {
    return card(
        new ModelCard.Input("serving_default", "volume", layout, 0, 1, divisor),
        new ModelCard.Output("probability", ModelCard.Kind.THRESHOLD, 1, 0, 0.5f),
        null);
  }

  public static ModelCard card(
      ModelCard.Input input, ModelCard.Output output, ModelCard.Memory memory) {
    return new ModelCard(
        "Finds nothing.", null, "MIT", input, output, null, memory, null, null, null);
  }

  /** Loads a model in float32. */
  static SavedModelNetwork open(String id, Path directory, ModelCard card, InferenceMemory memory) {
    return new SavedModelNetwork(
        new RunPlan(id, card, Precision.FLOAT32, memory),
        directory.toString(),
        SessionOptions.config());
  }

  /** Values evenly drawn from 0…1. */
  public static Volume noise(Geometry grid, long seed) {
    Random random = new Random(seed);
    float[] values = new float[grid.size().count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Volume.of(grid, values);
  }
}
