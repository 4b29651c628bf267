package org.islet.stage;

import java.util.List;
import org.islet.volume.Mask;

/** Hands a mask on: to the next pass of a loop, or to what follows a choice. */
@Purpose(
    "Gives a slot that was written before the mask of another, as for the next pass of a loop.")
public record Carry(
    @Reads(doc = "the mask that this pass found") Slot<Mask> input,
    @Writes(
            replaces = true,
            doc = "a slot written before; from now on it holds the input, or is absent")
        Slot<Mask> output)
    implements Stage {

  public Carry {
    Slot.requireDifferent("input and output", List.of(input, output));
  }

  @Override
  public Grid grid(Grids grids) {
    grids.require(input, grids.of(output));
    return grids.of(input);
  }

  @Override
  public void run(Case c) {
    c.replace(output, c.get(input));
  }
}
