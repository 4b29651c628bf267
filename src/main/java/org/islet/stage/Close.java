package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Morphology;

/** Morphological closing: see {@link Morphology#closed}. */
@Purpose("Closes a mask's gaps, notches and holes that no ball of a radius fits into.")
public record Close(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(doc = "the mask and its gaps; nothing is added where the grid ends") Slot<Mask> output,
    @Param(
            unit = "mm",
            min = 0,
            max = 100,
            doc = "of the ball, centre to centre, whatever the spacing")
        double radius)
    implements Stage {

  @Override
  public void run(Case c) {
    c.put(output, Morphology.closed(c.get(input), radius));
  }
}
