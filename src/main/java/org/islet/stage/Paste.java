package org.islet.stage;

import org.islet.volume.Box;
import org.islet.volume.Mask;
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
    if (mask.isCutBy(place, full.size())) {
      c.warn(
          "The mask '%s' touches the border of its box '%s': the organ may reach further."
              .formatted(input.name(), box.name()));
    }
    c.put(output, mask.pastedInto(full.geometry(), place));
  }
}
