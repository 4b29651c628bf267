package org.islet.stage;

import org.islet.volume.Box;
import org.islet.volume.Volume;

/** Cuts a box out of a volume (Zhao et al. 2019, section 2.2.2). */
@Purpose("Cuts a box out of a volume.")
public record Crop(
    @Reads(value = "clipped", doc = "any volume") Slot<Volume> input,
    @Reads(doc = "the box, in voxels of the input") Slot<Box> box,
    @Writes(doc = "the volume inside the box") Slot<Volume> output)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    if (!grids.of(box).matches(grids.of(input))) {
      throw new IllegalArgumentException(
          ("the box '%s' counts voxels of %s, but '%s' is on the grid of %s; cut it out of a volume"
                  + " of its own scale.")
              .formatted(box.name(), grids.of(box), input.name(), grids.of(input)));
    }
    return grids.of(box).inside(box);
  }

  @Override
  public void run(Case c) {
    c.put(output, c.get(input).cropped(c.get(box)));
  }
}
