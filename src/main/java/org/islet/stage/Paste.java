package org.islet.stage;

import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** Puts the mask of a crop back to where the crop was cut out. */
@Purpose("Puts a mask that was found inside a box back onto the full grid.")
public record Paste(
    @Reads(doc = "a mask of the box's size") Slot<Mask> input,
    @Reads(doc = "the box that was cropped") Slot<Box> box,
    @Writes(doc = "the mask on the grid of like, empty outside the box") Slot<Mask> output,
    @Reads(value = "ct", doc = "a volume on the grid to return to") Slot<Volume> like)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    grids.require(like, grids.of(box));
    grids.require(input, grids.of(box).inside(box));
    return grids.of(like);
  }

  @Override
  public void run(Case c) {
    Mask mask = c.get(input);
    Box place = c.get(box);
    Volume full = c.get(like);
    if (Box.around(mask).filter(b -> isCut(b, place, full.size())).isPresent()) {
      c.warn(
          "The mask '%s' touches the border of its box '%s': the organ may reach further."
              .formatted(input.name(), box.name()));
    }
    c.put(output, mask.pastedInto(full.geometry(), place));
  }

  /** Whether what was found ends at a side of the box that is not a side of the whole grid. */
  private static boolean isCut(Box found, Box box, Size grid) {
    return (found.x0() == 0 && box.x0() > 0)
        || (found.y0() == 0 && box.y0() > 0)
        || (found.z0() == 0 && box.z0() > 0)
        || (found.x1() == box.size().x() && box.x1() < grid.x())
        || (found.y1() == box.size().y() && box.y1() < grid.y())
        || (found.z1() == box.size().z() && box.z1() < grid.z());
  }
}
