package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Morphology;

/** Fills holes in three dimensions: see {@link Morphology#filled}. */
@Purpose("Fills the holes of a mask: what it shuts off, over faces of voxels, from the outside.")
public record FillHoles(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(doc = "the mask and its holes; what is open at the grid's border is none")
        Slot<Mask> output)
    implements Stage {

  @Override
  public void run(Case c) {
    c.put(output, Morphology.filled(c.get(input)));
  }
}
