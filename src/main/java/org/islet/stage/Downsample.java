package org.islet.stage;

import org.islet.volume.Resampling;
import org.islet.volume.Volume;

/** Decimates a volume by R along all three axes (Zhao et al. 2019, section 2.1). */
@Purpose("Makes a volume smaller: each voxel of the output is the mean of a block of the input.")
public record Downsample(
    @Reads(value = "clipped", doc = "any volume") Slot<Volume> input,
    @Writes(doc = "⌈n / factor⌉ voxels along each axis") Slot<Volume> output,
    @Param(
            value = "4",
            unit = "voxels",
            min = 1,
            max = 64,
            doc = "R, the length of a block; the last may be shorter")
        int factor)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    return grids.of(input).downsampled(factor);
  }

  @Override
  public void run(Case c) {
    c.put(output, Resampling.downsample(c.get(input), factor));
  }
}
