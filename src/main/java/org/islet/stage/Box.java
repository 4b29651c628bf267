package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * The two ways from a coarse mask to the box that the fine network sees (Zhao et al. 2019, section
 * 2.2.2): i, downsample-aware, from the small mask with a margin of 2 voxels, times R; ii,
 * upscaled, from the mask at full resolution with a margin of 10 voxels.
 */
@Purpose("Finds the box around a mask, with a margin, on the grid of the full volume.")
public record Box(
    @Reads(doc = "a mask of the full volume, or of it downsampled by scale") Slot<Mask> input,
    @Writes(doc = "the box in voxels of like; absent if the mask is empty")
        Slot<org.islet.volume.Box> output,
    @Reads(value = "ct", doc = "a volume on the grid that the box is for") Slot<Volume> like,
    @Param(
            value = "10",
            unit = "voxels of the input",
            min = 0,
            max = 1000,
            doc = "added in each of the six directions")
        int margin,
    @Param(
            value = "1",
            min = 1,
            max = 64,
            doc = "how many voxels of like one voxel of the input is long")
        int scale)
    implements Stage {

  @Override
  public void run(Case c) {
    Mask mask = c.get(input);
    Size grid = c.get(like).size();
    requireDownsampled(mask.size(), grid);
    var around = org.islet.volume.Box.around(mask);
    if (around.isEmpty()) {
      c.warn(
          "The mask '%s' is empty, so there is no box '%s'."
              .formatted(input.name(), output.name()));
      c.markAbsent(output);
      return;
    }
    if (around.get().touchesBorderOf(mask.size())) {
      c.warn(
          "The mask '%s' touches the border of the CT: part of the organ may lie outside it."
              .formatted(input.name()));
    }
    var grown = around.get().grown(margin);
    if (!grown.isInside(mask.size())) {
      c.warn(
          "The margin of the box '%s' reaches beyond the CT, so the box was clipped there."
              .formatted(output.name()));
    }
    c.put(output, grown.scaled(scale).clippedTo(grid).orElseThrow());
  }

  @Override
  public Grid grid(Grids grids) {
    Grid full = grids.of(like);
    Grid expected = full.downsampled(scale);
    if (!grids.of(input).matches(expected)) {
      throw new IllegalArgumentException(
          "the mask '%s' is on the grid of %s, but scale=%d says that it is on that of %s."
              .formatted(input.name(), grids.of(input), scale, expected));
    }
    return full.aroundOrgan();
  }

  private void requireDownsampled(Size small, Size grid) {
    Size expected = grid.dividedBy(scale);
    if (!expected.equals(small)) {
      throw new IllegalStateException(
          "The mask '%s' has %s voxels, but '%s' of %s downsampled by scale=%d has %s."
              .formatted(input.name(), small, like.name(), grid, scale, expected));
    }
  }
}
