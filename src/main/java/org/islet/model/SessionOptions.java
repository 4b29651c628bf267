package org.islet.model;

import org.islet.model.ProcessorSettings.Kind;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** How TensorFlow's sessions take what the machine has. */
public final class SessionOptions {

  private SessionOptions() {}

  /** The first GPU where there is one, its memory as it is needed; else the CPU. */
  public static ConfigProto config() {
    return base(ProcessorSettings.ANY);
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
