package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.islet.bench.Measurement;
import org.islet.bench.PyTorch;
import org.islet.train.Architecture.Normalisation;
import org.islet.volume.Size;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * What a training step (forward, backward, Adam) of the default U-Net costs on one volume of
 * 64×128×128 voxels (z, y, x), beside its inference on the same volume and the step of the same
 * network in PyTorch, turn by turn; prints medians as a Markdown table. Both forms in which a
 * network learns are measured: with batch normalisation, and with it folded.
 */
public final class StepBenchmark {

  private static final Size SIZE = new Size(128, 128, 64);
  private static final int WARM_UPS = 2;
  private static final int RUNS = 9;

  private StepBenchmark() {}

  /**
   * @param args the Python that has PyTorch, or nothing for {@code /usr/bin/python3}
   */
  public static void main(String... args) throws IOException {
    String python = args.length == 0 ? "/usr/bin/python3" : args[0];
    System.out.printf("%s, %s%n", Measurement.machine(), Measurement.tensorFlow());
    System.out.println(
        "| form | step, s | inference, s | times inference | PyTorch step, s | of PyTorch |");
    System.out.println("|---|---|---|---|---|---|");
    for (Normalisation form : Normalisation.values()) {
      System.out.println(measure(form, python));
    }
  }

  private static String measure(Normalisation form, String python) throws IOException {
    Architecture architecture = Architecture.plain(4, 16, form, 1);
    double[] step = new double[RUNS];
    double[] inference = new double[RUNS];
    double[] peerStep = new double[RUNS];
    try (Trainer trainer = new Trainer(architecture, 1, LearntWeights.none());
        PyTorch peer = pyTorch(python, architecture);
        Inference network = new Inference(architecture, trainer.weights())) {
      Batch batch = batch();
      for (int i = -WARM_UPS; i < RUNS; i++) {
        double a = seconds(() -> learn(trainer, batch));
        double b = seconds(() -> network.run(batch.values()));
        double c = peer.seconds("");
        if (i >= 0) {
          step[i] = a;
          inference[i] = b;
          peerStep[i] = c;
        }
      }
    }
    double a = Measurement.median(step);
    double b = Measurement.median(inference);
    double c = Measurement.median(peerStep);
    return "| %s | %.2f | %.2f | %.2f | %.2f | %.2f |"
        .formatted(form.name().toLowerCase(Locale.ROOT), a, b, a / b, c, a / c);
  }

  private static void learn(Trainer trainer, Batch batch) {
    trainer.learn(batch, 0);
    trainer.update(1e-3);
  }

  /** Random values, of which a twentieth is the organ: what is computed takes the same time. */
  private static Batch batch() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[SIZE.count()];
    float[] truth = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
      truth[i] = random.nextInt(20) == 0 ? 1 : 0;
    }
    return new Batch(1, SIZE, values, truth);
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** The network as it is exported and run. */
  private static final class Inference implements AutoCloseable {

    private final Path folder;
    private final SavedModelBundle bundle;

    Inference(Architecture architecture, LearntWeights weights) throws IOException {
      folder = Files.createTempDirectory("islet-step");
      SavedModelExport.write(folder, architecture, weights);
      bundle = SavedModelBundle.load(folder.toString(), "serve");
    }

    void run(float[] values) {
      try (TFloat32 tensor =
              TFloat32.tensorOf(
                  Shape.of(1, SIZE.z(), SIZE.y(), SIZE.x(), 1),
                  DataBuffers.of(values, true, false));
          var result =
              bundle
                  .session()
                  .runner()
                  .feed(SavedModelExport.INPUT, tensor)
                  .fetch(SavedModelExport.OUTPUT)
                  .run()) {
        TFloat32 probability = (TFloat32) result.get(0);
        probability
            .asRawTensor()
            .data()
            .asFloats()
            .copyTo(DataBuffers.of(new float[values.length]), values.length);
      }
    }

    @Override
    public void close() throws IOException {
      bundle.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((x, y) -> y.compareTo(x)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The same network in PyTorch. */
  private static PyTorch pyTorch(String python, Architecture a) throws IOException {
    return new PyTorch(
        "python3-torch",
        List.of(
            python,
            Path.of("src", "bench", "python", "step.py"),
            SIZE.z(),
            SIZE.y(),
            SIZE.x(),
            a.levels(),
            a.baseChannels(),
            a.normalisation().name().toLowerCase(Locale.ROOT)));
  }
}
