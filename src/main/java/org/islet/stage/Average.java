package org.islet.stage;

import java.util.List;
import org.islet.volume.Scores;

/** Several networks' scores as one network's: an ensemble (Hansen and Salamon 1990). */
@Purpose("Averages the scores of several models, voxel by voxel and class by class.")
public record Average(
    @Reads(doc = "scores on one grid with as many classes; an absent one is left out")
        List<Slot<Scores>> inputs,
    @Writes(doc = "the mean; absent if all inputs are") Slot<Scores> output)
    implements Stage {

  public Average {
    Slot.requireDifferent("inputs", inputs);
  }

  @Override
  public Grid grid(Grids grids) {
    Grid common = grids.common(inputs);
    for (Slot<Scores> input : inputs) {
      int classes = grids.of(input).channels().orElse(0);
      if (classes > 0 && classes != common.channels().orElse(classes)) {
        throw new IllegalArgumentException(
            "'%s' has %d classes, but '%s' has %d; only scores of as many can be averaged."
                .formatted(
                    input.name(), classes, inputs.get(0).name(), common.channels().getAsInt()));
      }
    }
    return common;
  }

  @Override
  public void run(Case c) {
    List<Scores> present = c.present(inputs);
    if (present.isEmpty()) {
      c.markAbsent(output);
    } else {
      c.put(output, Scores.mean(present));
    }
  }
}
