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
 * @param networkBytes the most native memory that one of its networks takes, in bytes
 * @param tiles the number of pieces that its networks are run in; 0 without one
 * @param gigaflops the arithmetic of its networks in 10⁹ operations; nothing where that is not
 *     known
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
    StepCost written = new StepCost(size, heap, 0, 0, OptionalDouble.empty(), Optional.empty());
    try {
      return size.map(n -> written.with(step.networks(), n)).orElse(written);
    } catch (IllegalArgumentException e) {
      return new StepCost(size, heap, 0, 0, OptionalDouble.empty(), Optional.of(e.getMessage()));
    }
  }

  /** With networks that run one after the other. */
  private StepCost with(List<Network> networks, Size n) {
    if (networks.isEmpty()) {
      return this;
    }
    List<OptionalDouble> work = networks.stream().map(network -> network.gigaflops(n)).toList();
    return new StepCost(
        size,
        heapBytes,
        networks.stream().mapToLong(network -> network.bytes(n)).max().orElseThrow(),
        networks.stream().mapToInt(network -> network.tiles(n)).sum(),
        work.stream().allMatch(OptionalDouble::isPresent)
            ? OptionalDouble.of(work.stream().mapToDouble(OptionalDouble::getAsDouble).sum())
            : OptionalDouble.empty(),
        refusal);
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
