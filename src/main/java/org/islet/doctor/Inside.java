package org.islet.doctor;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.islet.format.OneLine;
import org.islet.job.FailureText;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.model.ProcessorSettings;
import org.islet.model.TensorFlowDevice;

/** What a {@link Child} of the doctor does: it prints lines, their words separated by tabs. */
public enum Inside {
  /** Tells of TensorFlow: {@code version}, and {@code device} with its name and bytes. */
  TENSORFLOW {
    @Override
    public void tell(
        Path models, InferenceMemory memory, ProcessorSettings processor, PrintStream out) {
      print(out, VERSION, ModelStore.tensorFlowVersion());
      devices(TensorFlowDevice.all(), out);
    }
  },
  /** Takes what networks run on by the settings: {@code device}, or {@code refused}. */
  PROCESSOR {
    @Override
    public void tell(
        Path models, InferenceMemory memory, ProcessorSettings processor, PrintStream out) {
      try {
        devices(TensorFlowDevice.taken(processor), out);
      } catch (IllegalArgumentException e) {
        print(out, REFUSED, FailureText.of(e));
      }
    }
  },
  /** Loads and warms the newest version of each model: {@code loaded} or {@code refused}. */
  MODELS {
    @Override
    public void tell(
        Path models, InferenceMemory memory, ProcessorSettings processor, PrintStream out) {
      ProcessorSettings cpu = ProcessorSettings.of("cpu", "growth", false);
      try (ModelStore store = new ModelStore(models, memory, cpu, (id, took) -> {})) {
        for (String name : store.names()) {
          try (OpenModels one = store.open()) {
            print(out, LOADED, one.get(name).id());
          } catch (RuntimeException | Error e) {
            print(out, REFUSED, name, FailureText.of(e));
          }
        }
      }
    }
  };

  static final String VERSION = "version";
  static final String DEVICE = "device";
  static final String LOADED = "loaded";
  static final String REFUSED = "refused";
  static final String SEPARATOR = "\t";

  /**
   * Does it.
   *
   * @param models the folder of models
   * @param memory that networks may take
   * @param processor on what they run
   */
  public abstract void tell(
      Path models, InferenceMemory memory, ProcessorSettings processor, PrintStream out);

  private static void devices(List<TensorFlowDevice> all, PrintStream out) {
    for (TensorFlowDevice device : all) {
      print(out, DEVICE, device.name(), String.valueOf(device.memoryBytes()));
    }
  }

  private static void print(PrintStream out, String... words) {
    List<String> safe = List.of(words).stream().map(OneLine::of).toList();
    out.println(String.join(SEPARATOR, safe));
    out.flush();
  }
}
