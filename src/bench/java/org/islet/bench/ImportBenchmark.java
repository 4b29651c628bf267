package org.islet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.islet.format.NiftiReader;
import org.islet.imported.NetworkImport;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.stage.Network;
import org.islet.volume.Volume;

/**
 * Imports the network of {@code ../shared/data/obelisk-unet} and runs it on its golden input as the
 * stage {@code score} does, from a volume to scores, and the same network with the same weights in
 * PyTorch, as it is and frozen for inference, turn by turn; prints medians as a Markdown table.
 */
public final class ImportBenchmark {

  private static final Path ARCHITECTURE = Path.of("examples/architectures/obelisk-unet.yaml");
  private static final Path DATA = Path.of("../shared/data/obelisk-unet");
  private static final int WARM_UPS = 2;
  private static final int RUNS = 9;
  private static final long MEMORY = 3L << 30;

  private ImportBenchmark() {}

  /**
   * @param args the Python that has PyTorch and nibabel, or nothing for {@code /usr/bin/python3}
   */
  public static void main(String... args) throws IOException {
    String python = args.length == 0 ? "/usr/bin/python3" : args[0];
    Path models = Files.createTempDirectory("islet-import");
    NetworkImport.read(ARCHITECTURE, DATA.resolve("weights-fold1.npz"), null)
        .write(models.resolve("obelisk-unet"));
    Volume input =
        new NiftiReader(NiftiReader.AMPLE_BYTES).readCt(DATA.resolve("golden-input.nii.gz"));
    System.out.printf("%s, %s%n", Measurement.machine(), Measurement.tensorFlow());
    try (ModelStore store = new ModelStore(models, new InferenceMemory(MEMORY));
        OpenModels networks = store.open();
        PyTorch peer = pyTorch(python)) {
      System.out.println(row(networks.get("obelisk-unet"), input, peer));
    } finally {
      remove(models);
    }
  }

  private static String row(Network network, Volume input, PyTorch peer) throws IOException {
    double[] own = new double[RUNS];
    double[] eager = new double[RUNS];
    double[] frozen = new double[RUNS];
    for (int i = -WARM_UPS; i < RUNS; i++) {
      double a = seconds(network, input);
      double b = peer.seconds("eager");
      double c = peer.seconds("frozen");
      if (i >= 0) {
        own[i] = a;
        eager[i] = b;
        frozen[i] = c;
      }
    }
    double a = Measurement.median(own);
    double b = Measurement.median(eager);
    double c = Measurement.median(frozen);
    double gigaflops = network.gigaflops(input.size()).orElseThrow();
    return """
        | Islet, s | GFLOP/s | PyTorch, s | PyTorch frozen, s | times as fast as the faster |
        |---|---|---|---|---|
        | %.2f | %.0f | %.2f | %.2f | %.2f |"""
        .formatted(a, gigaflops / a, b, c, Math.min(b, c) / a);
  }

  private static double seconds(Network network, Volume input) {
    long start = System.nanoTime();
    network.scores(input);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((x, y) -> y.compareTo(x)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The network in PyTorch. */
  private static PyTorch pyTorch(String python) throws IOException {
    Path script = Path.of("src", "bench", "python", "obelisk.py");
    return new PyTorch("python3-torch, with python3-nibabel", List.of(python, script, DATA));
  }
}
