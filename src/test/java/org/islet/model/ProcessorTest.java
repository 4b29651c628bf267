package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RewriterConfig.Toggle;

/** What is told where TensorFlow sees no GPU; {@link GpuTest} is for where it sees one. */
class ProcessorTest {

  private static final InferenceMemory MEMORY = new InferenceMemory(1 << 24);
  private static final NetworkOptions ON_A_GPU = new NetworkOptions(Optional.empty(), true);

  @BeforeAll
  static void withoutGpu() {
    assumeTrue(
        TensorFlowDevice.seenBy(SessionOptions.config()).stream()
            .noneMatch(TensorFlowDevice::isGpu),
        "TensorFlow sees a GPU here.");
  }

  private static Processor processor(String device) {
    return Processor.find(ProcessorSettings.of(device, "growth", false), MEMORY);
  }

  @Test
  void tensorflow_sees_the_cpu() {
    assertEquals("CPU:0", TensorFlowDevice.seenBy(SessionOptions.config()).get(0).name());
  }

  @ParameterizedTest
  @CsvSource({"gpu", "gpu:0", "gpu:3"})
  void a_gpu_that_must_be_there_and_is_not_is_told_with_what_to_do(String device) {
    assertEquals(
        "islet.inference.device asks for a GPU, but TensorFlow sees none. ./islet doctor says why. Build with mvn package -Pgpu, look at"
            + " the driver (nvidia-smi), CUDA's libraries and CUDA_VISIBLE_DEVICES, or set islet.inference.device to auto or cpu.",
        assertThrows(ProcessorException.class, () -> processor(device)).getMessage());
  }

  @Test
  void a_route_that_wants_a_gpu_is_refused_unless_the_settings_want_the_cpu() {
    Processor any = processor("auto");
    assertEquals(
        "device=gpu asks for a GPU, but TensorFlow sees none. Take it out of the route, or set"
            + " islet.inference.device to cpu, which runs everything on the CPU.",
        assertThrows(IllegalArgumentException.class, () -> any.requireFor(ON_A_GPU)).getMessage());
    assertDoesNotThrow(() -> any.requireFor(NetworkOptions.NONE));
    assertDoesNotThrow(() -> processor("cpu").requireFor(ON_A_GPU));
    assertEquals("the CPU", any.words());
  }

  @Test
  void mixed_precision_is_bfloat16_on_the_cpu_and_asked_for_by_the_session_alone() {
    RewriterConfig mixed = rewriter(processor("auto").config("m/1", Precision.MIXED));
    assertEquals(Toggle.ON, mixed.getAutoMixedPrecisionOnednnBfloat16());
    assertEquals(Toggle.DEFAULT, mixed.getAutoMixedPrecision());
    for (Precision full : new Precision[] {Precision.FLOAT32, Precision.TF32}) {
      assertEquals(
          RewriterConfig.getDefaultInstance(), rewriter(processor("auto").config("m/1", full)));
    }
  }

  private static RewriterConfig rewriter(ConfigProto config) {
    return config.getGraphOptions().getRewriteOptions();
  }

  @Test
  void the_settings_say_how_a_gpu_and_its_memory_are_taken() {
    ConfigProto second = SessionOptions.base(ProcessorSettings.of("gpu:1", "0.25", false));
    assertEquals("1", second.getGpuOptions().getVisibleDeviceList());
    assertEquals(0.25, second.getGpuOptions().getPerProcessGpuMemoryFraction());
    assertFalse(second.getGpuOptions().getAllowGrowth());
    ConfigProto first = SessionOptions.config();
    assertEquals("0", first.getGpuOptions().getVisibleDeviceList());
    assertTrue(first.getGpuOptions().getAllowGrowth());
    ConfigProto none = SessionOptions.base(ProcessorSettings.of("cpu", "growth", false));
    assertEquals(0, none.getDeviceCountOrThrow("GPU"));
  }

  @Test
  void tf32_can_be_switched_and_read_back() {
    boolean before = Tf32.isAllowed();
    try {
      Tf32.allow(false);
      assertFalse(Tf32.isAllowed());
      Tf32.allow(true);
      assertTrue(Tf32.isAllowed());
    } finally {
      Tf32.allow(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpus, growth", "gpu:, growth", "gpu:-1, growth", "gpu:01, growth", "GPU, growth",
    "auto, 0", "auto, 1.01", "auto, NaN", "auto, all", "auto, -0.5"
  })
  void settings_that_cannot_be_meant_are_refused(String device, String memory) {
    assertThrows(IllegalArgumentException.class, () -> ProcessorSettings.of(device, memory, false));
  }
}
