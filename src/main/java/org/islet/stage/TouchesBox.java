package org.islet.stage;

import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** Whether the box in which a mask was found may have cut off a part of the organ. */
@Purpose("Says whether a mask that was found inside a box reaches one of its sides.")
public record TouchesBox(
    @Reads(doc = "a mask of the box's size") Slot<Mask> input,
    @Reads(doc = "the box that was cropped") Slot<Box> box,
    @Writes(
            doc =
                "true where the mask reaches a side of the box that is not a side of the whole"
                    + " grid, false where it reaches none or is empty")
        Slot<Boolean> output,
    @Reads(value = "ct", doc = "a volume on the grid that the box is for") Slot<Volume> like)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    grids.require(like, grids.of(box));
    grids.require(input, grids.of(box).inside(box));
    return grids.of(like);
  }

  @Override
  public void run(Case c) {
    c.put(output, c.get(input).isCutBy(c.get(box), c.get(like).size()));
  }
}
