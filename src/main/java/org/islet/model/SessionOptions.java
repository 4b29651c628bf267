package org.islet.model;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** How TensorFlow's sessions take what the machine has. */
public final class SessionOptions {

  private SessionOptions() {}

  /** The memory of a GPU is taken as it is needed, not all at once. */
  public static ConfigProto config() {
    return ConfigProto.newBuilder()
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .build();
  }
}
