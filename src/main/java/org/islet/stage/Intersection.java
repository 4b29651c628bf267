package org.islet.stage;

import java.util.List;
import org.islet.volume.Mask;

/**
 * What several masks have in common; nothing where one of them is absent, which counts as empty.
 */
@Purpose("Keeps the voxels that all of the masks hold.")
public record Intersection(
    @Reads(doc = "masks on one grid; an absent one counts as empty") List<Slot<Mask>> inputs,
    @Writes(doc = "the voxels in common: none where an input is absent; absent if all inputs are")
        Slot<Mask> output)
    implements Stage {

  public Intersection {
    Slot.requireDifferent("inputs", inputs);
  }

  @Override
  public Grid grid(Grids grids) {
    return grids.common(inputs);
  }

  @Override
  public void run(Case c) {
    MaskCount.putInMoreThan(inputs.size() - 1, c, inputs, output);
  }
}
