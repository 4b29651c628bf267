package org.islet.stage;

import java.util.List;
import org.islet.volume.Mask;

/** The Dice coefficient of two masks (Zhao et al. 2019, equation 5): see {@link Mask#dice}. */
@Purpose("Measures how much two masks have in common: their Dice coefficient, 0…1.")
public record Compare(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Reads(doc = "a mask on the input's grid") Slot<Mask> other,
    @Writes(doc = "2|A∩B| / (|A| + |B|): 1 where both are the same, also where both are empty")
        Slot<Double> output)
    implements Stage {

  public Compare {
    Slot.requireDifferent("input and other", List.of(input, other));
  }

  @Override
  public Grid grid(Grids grids) {
    return grids.common(List.of(input, other));
  }

  @Override
  public void run(Case c) {
    c.put(output, c.get(input).dice(c.get(other)));
  }
}
