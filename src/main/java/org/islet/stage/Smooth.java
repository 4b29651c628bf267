package org.islet.stage;

import org.islet.volume.Gaussian;
import org.islet.volume.Mask;

/** Smooths a mask's surface: see {@link Gaussian#smoothed}. */
@Purpose("Smooths a mask by a Gaussian and keeps the voxels that are at least half inside then.")
public record Smooth(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(doc = "the smoothed mask; at the grid's border it is taken to go on as it ends there")
        Slot<Mask> output,
    @Param(
            unit = "mm",
            min = 0,
            max = 50,
            doc = "the Gaussian's standard deviation; it is cut off at four times that")
        double sigma)
    implements Stage {

  @Override
  public void run(Case c) {
    c.put(output, Gaussian.smoothed(c.get(input), sigma));
  }
}
