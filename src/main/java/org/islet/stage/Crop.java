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
  public void run(Case c) {
    c.put(output, c.get(input).cropped(c.get(box)));
  }
}
