package org.islet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.islet.model.ProcessorSettings;
import org.islet.model.TensorFlowDevice;
import org.islet.train.Processor;
import org.junit.jupiter.api.Test;

class TensorFlowProbeTest {

  private static final long MIB = 1 << 20;
  private static final List<TensorFlowDevice> TWO =
      List.of(new TensorFlowDevice("GPU:0", 4000 * MIB), new TensorFlowDevice("GPU:1", 9000 * MIB));

  private static TensorFlowProbe probe(String device, String memory, String... script) {
    return probe(device, memory, "printf 'device\\tGPU:0\\t9437184000\\n'", script);
  }

  /**
   * @param taking prints what TensorFlow may take
   */
  private static TensorFlowProbe probe(
      String device, String memory, String taking, String[] script) {
    return new TensorFlowProbe(
        new Child(List.of("sh", "-c", String.join("; ", script))),
        new Child(List.of("sh", "-c", taking)),
        ProcessorSettings.of(device, memory, false),
        1500 * MIB);
  }

  private static Finding gpu(String device, String memory) throws Exception {
    return probe(device, memory).gpu(TWO, List.of("NVIDIA A"));
  }

  private static Finding none(String device) {
    return probe(device, "growth").none(Optional.empty(), false);
  }

  @Test
  void gpus_are_named_with_their_memory_and_what_runs_on_them() throws Exception {
    String seen = "GPU:0 (4000 MiB) NVIDIA A, GPU:1 (9000 MiB)";
    assertEquals(
        Finding.ok("gpu", seen + "; networks run on GPU:0, TF32 off"), gpu("auto", "growth"));
    assertEquals(
        Finding.ok("gpu", seen + "; networks run on GPU:1, TF32 off"), gpu("gpu:1", "0.5"));
    assertEquals(Verdict.NOTE, gpu("cpu", "growth").verdict());
  }

  @Test
  void a_gpu_that_is_not_there_is_wrong_where_it_must_be() throws Exception {
    assertEquals(Verdict.WRONG, none("gpu").verdict());
    assertEquals(
        "TensorFlow sees none, but islet.inference.device asks for one", none("gpu:0").said());
    assertTrue(gpu("gpu:2", "growth").said().endsWith("there is no gpu:2"));
    assertEquals(Finding.ok("gpu", "TensorFlow sees none; networks run on the CPU"), none("auto"));
  }

  @Test
  void more_memory_for_networks_than_they_may_take_of_the_gpu_is_wrong() throws Exception {
    Finding found =
        probe(
                "auto",
                "0.37",
                "printf 'device\\tGPU:0\\t%d\\n'".formatted(1480 * MIB),
                new String[0])
            .gpu(TWO, List.of());
    assertEquals(Verdict.WRONG, found.verdict());
    assertTrue(
        found
            .said()
            .endsWith("islet.inference.memory is 1500 MiB, but they may take 1480 MiB there"),
        found.said());
  }

  @Test
  void a_gpu_that_tensorflow_does_not_take_is_wrong_with_its_words() throws Exception {
    Finding found =
        probe("auto", "growth", "printf 'refused\\tit is set aside\\n'", new String[0])
            .gpu(TWO, List.of());
    assertEquals(Verdict.WRONG, found.verdict());
    assertTrue(found.said().endsWith("does not take it: it is set aside"), found.said());
  }

  @Test
  void a_driver_without_a_gpu_in_tensorflow_is_to_be_known() {
    assertEquals(Verdict.NOTE, probe("auto", "growth").none(Optional.empty(), true).verdict());
  }

  @Test
  void libraries_that_a_build_for_gpus_does_not_find_are_named() throws Exception {
    Finding found =
        probe(
                "auto",
                "growth",
                "printf 'version\\t2.18.0\\ndevice\\tCPU:0\\t268435456\\n'",
                "echo \"W x] Could not load dynamic library 'libcudnn.so.9'; dlerror: no\" >&2",
                "echo 'W x] Cannot dlopen some GPU libraries. Please make sure' >&2")
            .look()
            .get(1);
    assertEquals(Verdict.NOTE, found.verdict());
    assertTrue(found.said().contains("since it does not find libcudnn.so.9"), found.said());
    assertTrue(found.todo().startsWith("Install CUDA 12.5 and cuDNN 9.3"), found.todo());
  }

  @Test
  void the_processor_is_told_with_what_onednn_alone_uses() {
    Processor cpu = new Processor("Xeon", Set.of("avx2", "amx_bf16", "sse2"));
    assertEquals(
        Finding.ok(
            "tensorflow",
            "TensorFlow 2.18.0, oneDNN on; Xeon with avx2 amx_bf16, of which oneDNN alone uses AVX2 FMA"),
        probe("auto", "growth")
            .processor(
                "2.18.0",
                "x] oneDNN custom operations are on. You may\nTo enable the following instructions: AVX2 FMA, in other operations, rebuild",
                cpu));
    assertEquals(
        Finding.note(
            "tensorflow",
            "TensorFlow 2.18.0, oneDNN off; Xeon with avx2 amx_bf16",
            "Set TF_ENABLE_ONEDNN_OPTS=1, as ./islet does: networks take about twice as long without."),
        probe("auto", "growth").processor("2.18.0", "", cpu));
  }

  @Test
  void a_gpu_is_read_from_what_the_process_prints() throws Exception {
    List<Finding> found =
        probe(
                "auto",
                "growth",
                "printf 'version\\t2.18.0\\ndevice\\tCPU:0\\t268435456\\ndevice\\tGPU:0\\t83886080000\\n'",
                "echo 'I Created device /job:localhost/device:GPU:0 with 80000 MB memory:  -> device: 0, name: NVIDIA H100, pci bus id: 0' >&2")
            .look();
    assertEquals(
        "GPU:0 (80000 MiB) NVIDIA H100; networks run on GPU:0, TF32 off", found.get(1).said());
  }

  @Test
  void a_process_that_ends_badly_is_wrong_and_its_last_word_is_told() throws Exception {
    List<Finding> found = probe("auto", "growth", "echo 'no such library' >&2", "exit 134").look();
    assertEquals(1, found.size());
    assertEquals("it cannot be loaded (exit code 134): no such library", found.get(0).said());
    assertEquals(Verdict.WRONG, found.get(0).verdict());
  }
}
