package org.islet.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.stage.Grid;
import org.islet.stage.Network;
import org.islet.stage.Slot;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * What a step takes on a CT of the size that its route was planned for.
 *
 * @param size of what it writes, in voxels; nothing where that is not known
 * @param heapBytes the most Java heap that what it writes takes, in bytes
 * @param networkBytes the most native memory that its network takes at one time, in bytes
 * @param tiles the number of pieces that its network is run in; 0 without one
 * @param gigaflops the arithmetic of its network in 10⁹ operations; nothing where that is not known
 * @param refusal why the step cannot be done on such a CT; nothing if it can
 */
public record StepCost(
    Optional<Size> size,
    long heapBytes,
    long networkBytes,
    int tiles,
    OptionalDouble gigaflops,
    Optional<String> refusal) {

  /**
   * @param channels how many channels scores may have
   */
  static StepCost of(Step step, Grid grid, int channels) {
    Optional<Size> size = grid.geometry().map(Geometry::size);
    long heap = size.map(n -> heap(step.writes(), n, channels)).orElse(0L);
    Optional<Network> network = step.networks().stream().findFirst();
    if (size.isEmpty() || network.isEmpty()) {
      return new StepCost(size, heap, 0, 0, OptionalDouble.empty(), Optional.empty());
    }
    Size n = size.get();
    Network runs = network.get();
    try {
      return new StepCost(
          size, heap, runs.bytes(n), runs.tiles(n), runs.gigaflops(n), Optional.empty());
    } catch (IllegalArgumentException e) {
      return new StepCost(size, heap, 0, 0, OptionalDouble.empty(), Optional.of(e.getMessage()));
    }
  }

  private static long heap(List<Slot<?>> slots, Size size, int channels) {
    return slots.stream()
        .mapToLong(slot -> bytesPerVoxel(slot.type(), channels) * size.count())
        .sum();
  }

  private static long bytesPerVoxel(Class<?> type, int channels) {
    if (type == Scores.class) {
      return (long) Float.BYTES * channels;
    }
    return type == Volume.class ? Float.BYTES : type == Mask.class ? Byte.BYTES : 0;
  }
}
