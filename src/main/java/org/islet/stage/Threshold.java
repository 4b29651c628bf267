package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** Keeps the voxels of a range of values. */
@Purpose("Keeps the voxels whose value lies within limits, the limits themselves included.")
public record Threshold(
    @Reads(value = "ct", doc = "any volume") Slot<Volume> input,
    @Writes(doc = "the voxels of at least min and at most max") Slot<Mask> output,
    @Param(value = "-100000", doc = "the least value kept: HU for a CT, 0…1 after clip") double min,
    @Param(value = "100000", doc = "the largest value kept") double max)
    implements Stage {

  public Threshold {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "min (%s) must not be above max (%s).".formatted(min, max));
    }
  }

  @Override
  public void run(Case c) {
    c.put(output, c.get(input).within(min, max));
  }
}
