package org.example.islet;

import java.util.Optional;
import org.islet.stage.Case;
import org.islet.stage.Param;
import org.islet.stage.Purpose;
import org.islet.stage.Reads;
import org.islet.stage.Slot;
import org.islet.stage.Stage;
import org.islet.stage.Writes;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Size;

/** Cuts a mask along a sagittal plane and keeps one part, such as one kidney of two. */
@Purpose("Keeps the part of a mask on the patient's left or right of a sagittal plane.")
public record KeepSide(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(value = "mask", doc = "the part on that side, on the input's grid") Slot<Mask> output,
    @Param(doc = "the patient's own side") Side side,
    @Param(
            value = "0",
            unit = "mm",
            min = -500,
            max = 500,
            doc = "how far to the patient's right of the grid's middle the plane lies")
        double offset)
    implements Stage {

  /** A side of the patient. */
  public enum Side {
    LEFT,
    RIGHT
  }

  @Override
  public void run(Case c) {
    Mask whole = c.get(input);
    Mask part =
        half(whole)
            .map(half -> whole.cropped(half).pastedInto(whole.geometry(), half))
            .orElse(Mask.empty(whole.geometry()));
    if (part.isEmpty() && !whole.isEmpty()) {
      c.warn("Nothing of '%s' lies on the side that was to be kept.".formatted(input.name()));
    }
    c.put(output, part);
  }

  /** The part of the grid on the side to keep; nothing if the plane lies beyond the grid. */
  private Optional<Box> half(Mask mask) {
    Size size = mask.size();
    // x grows to the patient's right; the voxels from this one on have their centres there.
    double middle = (size.x() - 1) / 2.0 + offset / mask.geometry().spacing(0);
    int plane = (int) Math.max(0, Math.min(size.x(), Math.ceil(middle)));
    int from = side == Side.LEFT ? 0 : plane;
    int to = side == Side.LEFT ? plane : size.x();
    return from == to ? Optional.empty() : Optional.of(new Box(from, 0, 0, to, size.y(), size.z()));
  }
}
