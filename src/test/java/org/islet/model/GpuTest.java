package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.islet.phantom.Phantom;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Precision;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The bundled networks on a GPU against the CPU. Where TensorFlow sees none, as with its build for
 * CPUs, all of it is skipped. One GPU's settings hold for the process, so all tests share them.
 */
class GpuTest {

  private static final InferenceMemory MEMORY = new InferenceMemory(1500L << 20);

  /** Of a probability in float32: other kernels add in another order. */
  private static final double FLOAT32 = 0.001;

  private static final double LEAST_DSC = 0.999;

  private static ModelStore onCpu;
  private static ModelStore onGpu;

  @BeforeAll
  static void open() {
    assumeTrue(
        TensorFlowDevice.seenBy(SessionOptions.config()).stream().anyMatch(TensorFlowDevice::isGpu),
        "TensorFlow sees no GPU. Where there is one: mvn -Pgpu test -Dtest=GpuTest");
    onCpu = store(ProcessorSettings.of("cpu", "growth", false));
    onGpu = store(ProcessorSettings.of("gpu", "growth", false));
  }

  private static ModelStore store(ProcessorSettings settings) {
    return new ModelStore(Path.of("models"), MEMORY, settings, (id, took) -> {});
  }

  @AfterAll
  static void close() {
    if (onCpu != null) {
      onCpu.close();
      onGpu.close();
    }
  }

  private static NetworkOptions in(Precision precision) {
    return new NetworkOptions(Optional.of(precision), true);
  }

  /** A phantom's CT with −100…240 HU as 0…1, in which the networks find something. */
  private static Volume volume() {
    Volume ct = Phantom.generate(1, Phantom.wholeAbdomen(new Size(128, 128, 64))).ct();
    float[] values = new float[ct.size().count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Math.max(-100, Math.min(240, ct.at(i))) + 100) / 340;
    }
    return Volume.of(ct.geometry(), values);
  }

  private static double largestDifference(Scores a, Scores b) {
    double largest = 0;
    for (int i = 0; i < a.size().count(); i++) {
      largest = Math.max(largest, Math.abs(a.channel(0).at(i) - b.channel(0).at(i)));
    }
    return largest;
  }

  @Test
  void float32_answers_as_the_cpu_does_and_tf32_is_off() {
    Volume volume = volume();
    try (OpenModels cpu = onCpu.open();
        OpenModels gpu = onGpu.open()) {
      for (String model : new String[] {"pancreas-coarse", "pancreas-fine"}) {
        Scores expected = cpu.get(model).scores(volume);
        Scores found = gpu.get(model, in(Precision.FLOAT32)).scores(volume);
        double largest = largestDifference(expected, found);
        assertTrue(largest < FLOAT32, () -> "%s: %s".formatted(model, largest));
        Mask mask = cpu.get(model).segment(volume);
        assertFalse(mask.isEmpty(), "nothing was found to compare");
        double dsc = mask.dice(gpu.get(model, in(Precision.FLOAT32)).segment(volume));
        assertTrue(dsc > LEAST_DSC, () -> "%s: DSC %s".formatted(model, dsc));
      }
    }
    assertFalse(Tf32.isAllowed());
  }

  @Test
  void mixed_precision_finds_nearly_the_same() {
    Volume volume = volume();
    try (OpenModels cpu = onCpu.open();
        OpenModels gpu = onGpu.open()) {
      Mask mask = cpu.get("pancreas-fine").segment(volume);
      double dsc = mask.dice(gpu.get("pancreas-fine", in(Precision.MIXED)).segment(volume));
      assertTrue(dsc > 0.99, () -> "DSC " + dsc);
    }
  }

  @Test
  void a_route_may_ask_for_a_gpu_and_the_log_tells_of_it() {
    assertTrue(onGpu.runsOn().matches("GPU:0 \\(\\d+ MiB\\), TF32 off"), onGpu.runsOn());
    assertEquals("the CPU", onCpu.runsOn());
  }

  @Test
  void more_memory_than_the_gpu_has_is_refused() {
    InferenceMemory endless = new InferenceMemory(1L << 50);
    assertTrue(
        assertThrows(ProcessorException.class, () -> Processor.find(ProcessorSettings.ANY, endless))
            .getMessage()
            .contains("of the GPU"));
  }

  @Test
  void a_network_of_float32_is_refused_where_tf32_is_allowed_to_all() {
    boolean before = Tf32.isAllowed();
    try {
      Processor allowing = Processor.find(ProcessorSettings.of("gpu", "growth", true), MEMORY);
      assertTrue(Tf32.isAllowed());
      assertThrows(IllegalArgumentException.class, () -> allowing.config("m/1", Precision.FLOAT32));
      allowing.config("m/1", Precision.TF32);
      allowing.config("m/1", Precision.MIXED);
    } finally {
      Tf32.allow(before);
    }
  }
}
