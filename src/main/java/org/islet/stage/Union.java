package org.islet.stage;

import java.util.List;
import org.islet.volume.Mask;

/** What any of several masks holds. */
@Purpose("Keeps the voxels that at least one of the masks holds.")
public record Union(
    @Reads(doc = "masks on one grid; an absent one counts as empty") List<Slot<Mask>> inputs,
    @Writes(doc = "the voxels of all; absent if all inputs are") Slot<Mask> output)
    implements Stage {

  public Union {
    Slot.requireDifferent("inputs", inputs);
  }

  @Override
  public Grid grid(Grids grids) {
    return grids.common(inputs);
  }

  @Override
  public void run(Case c) {
    MaskCount.putInMoreThan(0, c, inputs, output);
  }
}
