package org.islet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.model.ProcessorSettings;
import org.islet.phantom.Phantom;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Precision;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * Runs the bundled fine network on volumes of rising size on a device and prints the median time of
 * each, and what {@code nvidia-smi} says of the device's memory then, as a Markdown table.
 */
public final class DeviceBenchmark {

  private static final List<Size> SIZES =
      List.of(
          new Size(64, 64, 64),
          new Size(128, 128, 64),
          new Size(128, 128, 128),
          new Size(232, 152, 128),
          new Size(256, 256, 128));

  private static final int WARM_UPS = 2;
  private static final int RUNS = 9;
  private static final long MEMORY = 4L << 30;

  private DeviceBenchmark() {}

  /**
   * @param args the precision, the device as {@code islet.inference.device} has it, and its memory
   *     as {@code islet.inference.gpu-memory} has it
   */
  public static void main(String... args) throws IOException, InterruptedException {
    Precision precision = Precision.of(args[0]);
    ProcessorSettings device = ProcessorSettings.of(args[1], args[2], precision == Precision.TF32);
    try (ModelStore store =
            new ModelStore(
                Path.of("models"), new InferenceMemory(MEMORY), device, (id, took) -> {});
        OpenModels models = store.open()) {
      Network network =
          models.get("pancreas-fine", new NetworkOptions(Optional.of(precision), false));
      System.out.printf(
          "%s, %s; %s on %s, gpu-memory %s%n%n",
          Measurement.machine(),
          Measurement.tensorFlow(),
          precision.word(),
          store.runsOn(),
          args[2]);
      System.out.println("| voxels | s | GFLOP/s | memory of the GPU in use |\n|---|---|---|---|");
      for (Size size : SIZES) {
        row(network, size);
      }
    }
  }

  private static void row(Network network, Size size) throws IOException, InterruptedException {
    Volume volume = Phantom.generate(1, Phantom.wholeAbdomen(size)).ct();
    double[] seconds = new double[RUNS];
    for (int i = -WARM_UPS; i < RUNS; i++) {
      long start = System.nanoTime();
      network.scores(volume);
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    double median = Measurement.median(seconds);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.0f | %s |%n",
        size,
        median,
        network.gigaflops(size).orElse(0) / median,
        memoryInUse());
  }

  /** Of all processes together; "?" where there is no {@code nvidia-smi}. */
  private static String memoryInUse() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader")
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      process.waitFor();
      return answer.replace("\n", ", ");
    } catch (IOException e) {
      return "?";
    }
  }
}
