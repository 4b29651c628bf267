package org.islet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.BytePointer;
import org.islet.format.OneLine;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * A processor that TensorFlow sees.
 *
 * @param name such as {@code GPU:0}; TensorFlow counts those that it may use
 * @param memoryBytes that TensorFlow may take there at the most
 */
public record TensorFlowDevice(String name, long memoryBytes) {

  private static final String GPU = "GPU";
  private static final Map<ConfigProto, List<TensorFlowDevice>> SEEN = new ConcurrentHashMap<>();

  /** Whether it is a GPU. */
  public boolean isGpu() {
    return name.startsWith(GPU);
  }

  /** Its name and memory. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%d MiB)", name, memoryBytes >> 20);
  }

  /**
   * What networks run on by the settings. A process that asks so runs networks of these settings
   * alone after that.
   *
   * @throws IllegalArgumentException if TensorFlow cannot take it; the message is TensorFlow's own
   */
  public static List<TensorFlowDevice> taken(ProcessorSettings settings) {
    return seenBy(SessionOptions.base(settings));
  }

  /**
   * All that TensorFlow sees, whatever the settings say. A process that asks so runs no networks on
   * a GPU after that.
   */
  public static List<TensorFlowDevice> all() {
    return seenBy(
        ConfigProto.newBuilder()
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .build());
  }

  /**
   * All that the first session of such options in this process saw. TensorFlow takes a GPU's memory
   * for the whole process; a later session is told what is free beside what that holds itself.
   *
   * @throws IllegalArgumentException as {@link #seenBy}
   */
  static List<TensorFlowDevice> seenAtFirstBy(ConfigProto config) {
    return SEEN.computeIfAbsent(config, TensorFlowDevice::seenBy);
  }

  /**
   * All that a session sees.
   *
   * @throws IllegalArgumentException if TensorFlow makes no session of these options; the message
   *     is TensorFlow's own
   */
  static List<TensorFlowDevice> seenBy(ConfigProto config) {
    byte[] options = config.toByteArray();
    try (TF_Status status = TF_Status.newStatus();
        TF_SessionOptions how = TF_SessionOptions.newSessionOptions();
        BytePointer bytes = new BytePointer(options);
        TF_Graph graph = TF_Graph.newGraph()) {
      tensorflow.TF_SetConfig(how, bytes, options.length, status);
      requireOk(status);
      try (TF_Session session = TF_Session.newSession(graph, how, status)) {
        requireOk(status);
        return listed(session, status);
      }
    }
  }

  private static List<TensorFlowDevice> listed(TF_Session session, TF_Status status) {
    TF_DeviceList devices = tensorflow.TF_SessionListDevices(session, status);
    requireOk(status);
    try {
      return read(devices, status);
    } finally {
      tensorflow.TF_DeleteDeviceList(devices);
    }
  }

  private static List<TensorFlowDevice> read(TF_DeviceList devices, TF_Status status) {
    List<TensorFlowDevice> all = new ArrayList<>();
    for (int i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
      String name = tensorflow.TF_DeviceListName(devices, i, status).getString();
      all.add(
          new TensorFlowDevice(
              name.replaceFirst(".*device:", ""),
              tensorflow.TF_DeviceListMemoryBytes(devices, i, status)));
    }
    return all;
  }

  private static void requireOk(TF_Status status) {
    if (tensorflow.TF_GetCode(status) != tensorflow.TF_OK) {
      throw new IllegalArgumentException(OneLine.of(tensorflow.TF_Message(status).getString()));
    }
  }
}
