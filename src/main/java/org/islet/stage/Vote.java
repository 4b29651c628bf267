package org.islet.stage;

import java.util.List;
import org.islet.volume.Mask;

/** The majority of several masks (Zhao et al. 2019, section 2.2.2 and figure 2). */
@Purpose("Keeps the voxels that more than half of the masks hold.")
public record Vote(
    @Reads(doc = "masks on one grid; an absent one counts as empty") List<Slot<Mask>> inputs,
    @Writes(doc = "the majority; absent if all inputs are") Slot<Mask> output)
    implements Stage {

  public Vote {
    Slot.requireDifferent("inputs", inputs);
  }

  @Override
  public Grid grid(Grids grids) {
    return grids.common(inputs);
  }

  @Override
  public void run(Case c) {
    MaskCount.putInMoreThan(inputs.size() / 2, c, inputs, output);
  }
}
