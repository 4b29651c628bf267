package org.islet.stage;

import java.util.List;
import java.util.stream.Stream;
import org.islet.volume.Mask;

/** What a mask holds and others do not. */
@Purpose("Keeps the voxels of a mask that none of the others holds.")
public record Subtract(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Reads(doc = "masks on the input's grid to take away; an absent one counts as empty")
        List<Slot<Mask>> minus,
    @Writes(doc = "what is left of the input") Slot<Mask> output)
    implements Stage {

  public Subtract {
    Slot.requireDifferent(
        "input and minus", Stream.concat(Stream.of(input), minus.stream()).toList());
  }

  @Override
  public Grid grid(Grids grids) {
    minus.forEach(mask -> grids.require(mask, grids.of(input)));
    return grids.of(input);
  }

  @Override
  public void run(Case c) {
    List<Mask> away = c.present(minus);
    c.put(output, c.get(input).without(away));
  }
}
