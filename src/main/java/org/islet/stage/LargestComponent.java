package org.islet.stage;

import org.islet.volume.ConnectedComponents;
import org.islet.volume.Mask;

/**
 * Keeps the largest connected component, which removes the isolated false positives that Zhao et
 * al. (2019, section 3.4) discuss.
 */
@Purpose("Keeps the largest piece of a mask; voxels that share a corner belong together.")
public record LargestComponent(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(value = "mask", doc = "its largest piece") Slot<Mask> output)
    implements Stage {

  @Override
  public void run(Case c) {
    c.put(output, new ConnectedComponents(c.get(input)).largest());
  }
}
