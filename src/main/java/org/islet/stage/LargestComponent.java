package org.islet.stage;

import org.islet.volume.ConnectedComponents;
import org.islet.volume.Mask;

/**
 * Keeps the largest connected component, which removes the isolated false positives that Zhao et
 * al. (2019, section 3.4) discuss. Where more than a tenth of the mask goes with the others, the
 * case is warned of.
 */
@Purpose("Keeps the largest piece of a mask; voxels that share a corner belong together.")
public record LargestComponent(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(
            value = "mask",
            doc = "its largest piece; a warning where more than a tenth is left out")
        Slot<Mask> output)
    implements Stage {

  @Override
  public void run(Case c) {
    Mask whole = c.get(input);
    Mask kept = new ConnectedComponents(whole).largest();
    SmallerPieces.warn(c, input, whole, output, kept);
    c.put(output, kept);
  }
}
