package org.islet.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.types.TFloat32;

/**
 * Runs each bundled network at 64×128×128 voxels (z, y, x) in TensorFlow as Islet does, and the
 * same network with the same weights in ONNX Runtime, turn by turn; prints medians as a Markdown
 * table. Stops if the two do not give the same probabilities.
 */
public final class NetworkBenchmark {

  private static final int DEPTH = 64;
  private static final int WIDTH = 128;
  private static final int VOXELS = DEPTH * WIDTH * WIDTH;
  private static final int WARM_UPS = 3;
  private static final int RUNS = 15;
  private static final double TOLERANCE = 1e-4;

  private NetworkBenchmark() {}

  /**
   * @param args the folder of models, or nothing for {@code models}
   */
  public static void main(String... args) throws IOException, OrtException {
    OrtEnvironment onnxRuntime = OrtEnvironment.getEnvironment();
    System.out.printf(
        "%s, %s, ONNX Runtime %s%n%n",
        Measurement.machine(), Measurement.tensorFlow(), onnxRuntime.getVersion());
    System.out.println(
        "| model | TensorFlow, s | GFLOP/s | ONNX Runtime, s | GFLOP/s | times as fast |"
            + " difference | probabilities |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    Path root = Path.of(args.length == 0 ? "models" : args[0]);
    for (Path model : models(root)) {
      System.out.printf("| %s %s%n", root.relativize(model), compare(model, onnxRuntime));
    }
  }

  private static List<Path> models(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.endsWith("saved_model.pb")).map(Path::getParent).sorted().toList();
    }
  }

  private static String compare(Path model, OrtEnvironment onnxRuntime) throws OrtException {
    try (var tensorFlow = new InTensorFlow(model)) {
      var translation =
          new OnnxTranslation(
              tensorFlow.bundle.graph().toGraphDef(), tensorFlow.output, DEPTH, WIDTH, WIDTH);
      try (var peer = new InOnnxRuntime(onnxRuntime, translation.model())) {
        float[] values = phantom();
        float[] answer = tensorFlow.run(values);
        double difference = difference(answer, peer.run(values));
        if (!(difference < TOLERANCE)) {
          throw new IllegalStateException(
              "%s: the probabilities differ by %s; at most %s was expected."
                  .formatted(model, difference, TOLERANCE));
        }
        double[] own = new double[RUNS];
        double[] other = new double[RUNS];
        for (int i = -WARM_UPS; i < RUNS; i++) {
          double a = seconds(tensorFlow, values);
          double b = seconds(peer, values);
          if (i >= 0) {
            own[i] = a;
            other[i] = b;
          }
        }
        double operations = translation.operationsPerVoxel() * VOXELS;
        return row(own, other, operations) + " %.0e | %s |".formatted(difference, range(answer));
      }
    }
  }

  private static String row(double[] own, double[] other, double operations) {
    double a = Measurement.median(own);
    double b = Measurement.median(other);
    return "| %.3f | %.0f | %.3f | %.0f | %.2f |"
        .formatted(a, operations / a / 1e9, b, operations / b / 1e9, b / a);
  }

  private static double seconds(Loaded network, float[] values) throws OrtException {
    long start = System.nanoTime();
    network.run(values);
    return (System.nanoTime() - start) / 1e9;
  }

  /** A phantom's CT with −100…240 HU as 0…1, which the networks find something in. */
  private static float[] phantom() {
    Size size = new Size(WIDTH, WIDTH, DEPTH);
    float[] values = Phantom.generate(1, Phantom.wholeAbdomen(size)).ct().toFloats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (Math.max(-100, Math.min(240, values[i])) + 100) / 340;
    }
    return values;
  }

  private static double difference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static String range(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return "%.3f…%.3f".formatted(min, max);
  }

  /** A network that is loaded. */
  private interface Loaded {
    /** Probabilities of voxels, from the Java array to a Java array. */
    float[] run(float[] values) throws OrtException;
  }

  private static final class InTensorFlow implements Loaded, AutoCloseable {

    private final SavedModelBundle bundle;
    private final String input;
    private final String output;

    InTensorFlow(Path model) {
      ConfigProto config =
          ConfigProto.newBuilder()
              .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
              .build();
      bundle =
          SavedModelBundle.loader(model.toString())
              .withTags("serve")
              .withConfigProto(config)
              .load();
      Signature signature = bundle.signatures().get(0);
      input = onlyNode(signature.getInputs());
      output = onlyNode(signature.getOutputs());
    }

    private static String onlyNode(Map<String, Signature.TensorDescription> tensors) {
      return tensors.values().iterator().next().name.replaceFirst(":0$", "");
    }

    @Override
    public float[] run(float[] values) {
      try (TFloat32 tensor =
              TFloat32.tensorOf(
                  Shape.of(1, DEPTH, WIDTH, WIDTH, 1), DataBuffers.of(values, true, false));
          var result = bundle.session().runner().feed(input, tensor).fetch(output).run()) {
        float[] answer = new float[VOXELS];
        ((TFloat32) result.get(0))
            .asRawTensor()
            .data()
            .asFloats()
            .copyTo(DataBuffers.of(answer), VOXELS);
        return answer;
      }
    }

    @Override
    public void close() {
      bundle.close();
    }
  }

  private static final class InOnnxRuntime implements Loaded, AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;

    InOnnxRuntime(OrtEnvironment environment, byte[] model) throws OrtException {
      this.environment = environment;
      try (var options = new OrtSession.SessionOptions()) {
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
        session = environment.createSession(model, options);
      }
    }

    @Override
    public float[] run(float[] values) throws OrtException {
      long[] shape = {1, 1, DEPTH, WIDTH, WIDTH};
      String input = session.getInputNames().iterator().next();
      try (var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
          var result = session.run(Map.of(input, tensor))) {
        float[] answer = new float[VOXELS];
        ((OnnxTensor) result.get(0)).getFloatBuffer().get(answer);
        return answer;
      }
    }

    @Override
    public void close() throws OrtException {
      session.close();
    }
  }
}
