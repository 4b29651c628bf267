package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Resampling;
import org.islet.volume.Volume;

/** Brings a mask of the decimated volume back to full resolution (Zhao et al. 2019, figure 2). */
@Purpose("Makes a small mask large again: each voxel takes the value of its block.")
public record Upsample(
    @Reads(doc = "a mask of a volume that was downsampled by factor") Slot<Mask> input,
    @Writes(doc = "the mask on the grid of like") Slot<Mask> output,
    @Reads(value = "ct", doc = "a volume on the grid to return to") Slot<Volume> like,
    @Param(value = "4", unit = "voxels", min = 1, max = 64, doc = "R, the length of a block")
        int factor)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    grids.require(input, grids.of(like).downsampled(factor));
    return grids.of(like);
  }

  @Override
  public void run(Case c) {
    c.put(output, Resampling.upsample(c.get(input), factor, c.get(like).geometry()));
  }
}
