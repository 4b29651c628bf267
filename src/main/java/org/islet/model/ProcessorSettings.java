package org.islet.model;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * On what the networks of this process are to run.
 *
 * @param kind what is wanted
 * @param gpu which of the GPUs that CUDA shows, from 0; nothing for the first
 * @param gpuMemory the part of a GPU's memory that is taken at once and never exceeded; nothing for
 *     memory as it is needed
 * @param tf32 whether a GPU may compute in {@link org.islet.stage.Precision#TF32}; networks that
 *     must not are refused then
 */
public record ProcessorSettings(
    Kind kind, OptionalInt gpu, OptionalDouble gpuMemory, boolean tf32) {

  /** A GPU if there is one. */
  public static final ProcessorSettings ANY = of("auto", "growth", false);

  private static final String GPU_NUMBER = "gpu:(0|[1-9]\\d{0,2})";
  private static final double LEAST_PART = 0.01;

  /** What networks are to run on. */
  public enum Kind {
    /** A GPU if TensorFlow sees one, else the CPU. */
    AUTO,
    /** The CPU, also where a route wants a GPU. */
    CPU,
    /** A GPU, and nothing else. */
    GPU
  }

  /**
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @param gpuMemory {@code growth}, or a part of the GPU's memory from 0.01 to 1
   * @throws IllegalArgumentException if a text is none of these
   */
  public static ProcessorSettings of(String device, String gpuMemory, boolean tf32) {
    return new ProcessorSettings(kind(device), number(device), part(gpuMemory), tf32);
  }

  private static Kind kind(String device) {
    return switch (device) {
      case "auto" -> Kind.AUTO;
      case "cpu" -> Kind.CPU;
      case "gpu" -> Kind.GPU;
      default -> {
        if (!device.matches(GPU_NUMBER)) {
          throw new IllegalArgumentException("'%s' is no device.".formatted(device));
        }
        yield Kind.GPU;
      }
    };
  }

  private static OptionalInt number(String device) {
    return device.matches(GPU_NUMBER)
        ? OptionalInt.of(Integer.parseInt(device.substring("gpu:".length())))
        : OptionalInt.empty();
  }

  private static OptionalDouble part(String gpuMemory) {
    if (gpuMemory.equals("growth")) {
      return OptionalDouble.empty();
    }
    double part = Double.parseDouble(gpuMemory);
    if (!(part >= LEAST_PART && part <= 1)) {
      throw new IllegalArgumentException("'%s' is no part of a memory.".formatted(gpuMemory));
    }
    return OptionalDouble.of(part);
  }
}
