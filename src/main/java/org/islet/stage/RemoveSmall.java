package org.islet.stage;

import org.islet.volume.ConnectedComponents;
import org.islet.volume.Mask;

/**
 * Removes connected components (26-connected) below a volume. Where more than a tenth of the mask
 * goes with them, the case is warned of.
 */
@Purpose("Removes the small pieces of a mask; voxels that share a corner belong together.")
public record RemoveSmall(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(doc = "the pieces of at least min") Slot<Mask> output,
    @Param(unit = "ml", min = 0, max = 100_000, doc = "pieces smaller than this go") double min)
    implements Stage {

  @Override
  public void run(Case c) {
    Mask whole = c.get(input);
    Mask kept = new ConnectedComponents(whole).ofAtLeast(min);
    SmallerPieces.warn(c, input, whole, output, kept);
    c.put(output, kept);
  }
}
