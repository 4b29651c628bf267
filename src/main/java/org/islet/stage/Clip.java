package org.islet.stage;

import org.islet.volume.Volume;

/** Clips HU to a window and rescales it (Zhao et al. 2019, section 3.1). */
@Purpose("Clips HU to a window and rescales the window to 0…1, or leaves it in HU.")
public record Clip(
    @Reads(value = "ct", doc = "a volume in HU") Slot<Volume> input,
    @Writes(value = "clipped", doc = "the same grid, values 0…1, or HU") Slot<Volume> output,
    @Param(value = "-100", unit = "HU", doc = "this value and all below become 0") double min,
    @Param(value = "240", unit = "HU", doc = "this value and all above become 1") double max,
    @Param(value = "true", doc = "whether the window becomes 0…1; false leaves it in HU")
        boolean rescale)
    implements Stage {

  public Clip {
    if (!(min < max)) {
      throw new IllegalArgumentException("min (%s) must be below max (%s).".formatted(min, max));
    }
  }

  @Override
  public void run(Case c) {
    Volume hu = c.get(input);
    c.put(output, rescale ? hu.clippedToUnit(min, max) : hu.clipped(min, max));
  }
}
