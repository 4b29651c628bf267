package org.islet.stage;

import org.islet.volume.Spacing;
import org.islet.volume.Trilinear;
import org.islet.volume.Volume;

/**
 * Resamples a volume to a spacing: trilinear, without smoothing first; see {@link Trilinear}. The
 * field of view is kept exactly, so along each axis the spacing becomes the nearest to the one
 * wanted that divides it into whole voxels.
 */
@Purpose("Resamples a volume to the spacing nearest to one wanted that keeps its field of view.")
public record ResampleToSpacing(
    @Reads(doc = "any volume") Slot<Volume> input,
    @Writes(doc = "the volume at that spacing, its field of view as before") Slot<Volume> output,
    @Param(
            unit = "mm",
            min = 0.05,
            max = 1000,
            doc =
                "along x, y and z, or one number for all three; where that is more than there is,"
                    + " fine detail is left out, not averaged")
        Spacing spacing)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    return grids
        .of(input)
        .made("at a spacing of %s".formatted(spacing), g -> g.resized(g.sizeAt(spacing)));
  }

  @Override
  public void run(Case c) {
    Volume volume = c.get(input);
    c.put(output, Trilinear.resized(volume, volume.geometry().sizeAt(spacing)));
  }
}
