package org.islet.model;

import java.util.Optional;
import org.islet.model.ProcessorSettings.Kind;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Precision;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RewriterConfig.Toggle;

/**
 * What the networks of this process run on: one GPU, or the CPU. TensorFlow takes a GPU and its
 * memory for the whole process, as the first session says; so does it whether TF32 is allowed.
 */
final class Processor {

  private final ProcessorSettings settings;
  private final Optional<TensorFlowDevice> gpu;

  private Processor(ProcessorSettings settings, Optional<TensorFlowDevice> gpu) {
    this.settings = settings;
    this.gpu = gpu;
  }

  /**
   * Looks for what is wanted. Loads TensorFlow.
   *
   * @param memory that all networks have together; on a GPU it is the GPU's
   * @throws ProcessorException if it is not there, or has not so much memory
   */
  static Processor find(ProcessorSettings settings, InferenceMemory memory) {
    Optional<TensorFlowDevice> gpu =
        settings.kind() == Kind.CPU ? Optional.empty() : gpu(SessionOptions.base(settings));
    if (gpu.isEmpty() && settings.kind() == Kind.GPU) {
      throw new ProcessorException(
          "islet.inference.device asks for a GPU, but TensorFlow sees none. ./islet doctor says why. Build with mvn package -Pgpu, look at"
              + " the driver (nvidia-smi), CUDA's libraries and CUDA_VISIBLE_DEVICES, or set islet.inference.device to auto or cpu.",
          null);
    }
    gpu.ifPresent(found -> prepare(found, settings, memory));
    return new Processor(settings, gpu);
  }

  private static Optional<TensorFlowDevice> gpu(ConfigProto config) {
    try {
      return TensorFlowDevice.seenAtFirstBy(config).stream()
          .filter(TensorFlowDevice::isGpu)
          .findFirst();
    } catch (IllegalArgumentException e) {
      throw new ProcessorException(
          "TensorFlow cannot take the GPU that islet.inference.device asks for: %s"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void prepare(
      TensorFlowDevice gpu, ProcessorSettings settings, InferenceMemory memory) {
    if (memory.total() > gpu.memoryBytes()) {
      throw new ProcessorException(
          "islet.inference.memory is %d MiB, but TensorFlow may take %d MiB of the GPU. Set no more than that, or a larger islet.inference.gpu-memory."
              .formatted(memory.total() >> 20, gpu.memoryBytes() >> 20),
          null);
    }
    allowTf32(settings.tf32());
  }

  /**
   * Has to come before any network runs on a GPU.
   *
   * @throws ProcessorException if this TensorFlow cannot be told
   */
  static void allowTf32(boolean allowed) {
    try {
      Tf32.allow(allowed);
    } catch (LinkageError e) {
      throw new ProcessorException(
          "TF32 cannot be switched on or off in this TensorFlow (%s).".formatted(e.getMessage()),
          e);
    }
  }

  /** In words, for a log. */
  String words() {
    return gpu.map(found -> "%s, TF32 %s".formatted(found, settings.tf32() ? "allowed" : "off"))
        .orElse("the CPU");
  }

  /**
   * How a session is made for a network.
   *
   * @param model its id, for the refusal
   * @throws IllegalArgumentException if it must not run here; the message says why
   */
  ConfigProto config(String model, Precision precision) {
    if (gpu.isPresent() && settings.tf32() && precision == Precision.FLOAT32) {
      throw new IllegalArgumentException(
          ("The model %s is to compute in float32, but islet.inference.tf32 allows TF32 to the whole"
                  + " process. Set it to false, or precision to tf32 or mixed in the model's card or the route.")
              .formatted(model));
    }
    ConfigProto base = SessionOptions.base(settings);
    return precision == Precision.MIXED
        ? base.toBuilder().setGraphOptions(mixed(gpu.isPresent())).build()
        : base;
  }

  private static GraphOptions mixed(boolean onGpu) {
    RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
    if (onGpu) {
      rewriter.setAutoMixedPrecision(Toggle.ON);
    } else {
      rewriter.setAutoMixedPrecisionOnednnBfloat16(Toggle.ON);
    }
    return GraphOptions.newBuilder().setRewriteOptions(rewriter).build();
  }

  /**
   * @throws IllegalArgumentException if there is no GPU, but a route asks for one; not where the
   *     settings want all to run on the CPU
   */
  void requireFor(NetworkOptions options) {
    if (options.needsGpu() && gpu.isEmpty() && settings.kind() != Kind.CPU) {
      throw new IllegalArgumentException(
          "%s=gpu asks for a GPU, but TensorFlow sees none. Take it out of the route, or set islet.inference.device to cpu, which runs everything on the CPU."
              .formatted(NetworkOptions.DEVICE));
    }
  }
}
