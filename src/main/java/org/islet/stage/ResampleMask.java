package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Trilinear;
import org.islet.volume.Volume;

/** Brings a mask that was found on a resampled volume, or on a part of one, back to a grid. */
@Purpose("Resamples a mask to another grid of the same CT, wherever both lie in the patient.")
public record ResampleMask(
    @Reads(doc = "a mask on a grid whose axes are parallel to those of like") Slot<Mask> input,
    @Writes(
            doc =
                "the mask on the grid of like: inside where at least half of what the input holds"
                    + " around a voxel's centre is, empty beyond the input's field of view")
        Slot<Mask> output,
    @Reads(value = "ct", doc = "a volume on the grid to bring the mask to") Slot<Volume> like)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    return grids.of(like);
  }

  @Override
  public void run(Case c) {
    c.put(output, Trilinear.resampled(c.get(input), c.get(like).geometry()));
  }
}
