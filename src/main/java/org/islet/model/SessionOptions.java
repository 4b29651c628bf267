package org.islet.model;

import org.islet.model.ProcessorSettings.Kind;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** How TensorFlow's sessions take what the machine has. */
public final class SessionOptions {

  private SessionOptions() {}

  /**
   * For a network that learns in float32: the first GPU where there is one, without TF32 and with
   * its memory as it is needed; else the CPU.
   *
   * @throws ProcessorException if TF32 cannot be switched off on a GPU
   */
  public static ConfigProto config() {
    ConfigProto config = base(ProcessorSettings.ANY);
    if (TensorFlowDevice.seenAtFirstBy(config).stream().anyMatch(TensorFlowDevice::isGpu)) {
      Processor.allowTf32(false);
    }
    return config;
  }

  static ConfigProto base(ProcessorSettings settings) {
    if (settings.kind() == Kind.CPU) {
      return ConfigProto.newBuilder().putDeviceCount("GPU", 0).build();
    }
    GPUOptions.Builder gpu =
        GPUOptions.newBuilder().setVisibleDeviceList(String.valueOf(settings.gpu().orElse(0)));
    settings
        .gpuMemory()
        .ifPresentOrElse(gpu::setPerProcessGpuMemoryFraction, () -> gpu.setAllowGrowth(true));
    return ConfigProto.newBuilder().setGpuOptions(gpu).build();
  }
}
