package org.islet.stage;

import org.islet.volume.Size;
import org.islet.volume.Trilinear;
import org.islet.volume.Volume;

/**
 * Resamples a volume to a number of voxels: trilinear, the field of view kept exactly, without
 * smoothing first; see {@link Trilinear}.
 */
@Purpose("Resamples a volume to a number of voxels that cover the same field of view.")
public record ResampleToSize(
    @Reads(doc = "any volume") Slot<Volume> input,
    @Writes(doc = "the volume at that size, its field of view as before") Slot<Volume> output,
    @Param(
            unit = "voxels",
            min = 1,
            max = 4096,
            doc =
                "along x, y and z, or one number for all three; where that is fewer than there are,"
                    + " fine detail is left out, not averaged")
        Size size)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    return grids.of(input).made("at %s voxels".formatted(size), g -> g.resized(size));
  }

  @Override
  public void run(Case c) {
    c.put(output, Trilinear.resized(c.get(input), size));
  }
}
