package org.islet.stage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.islet.volume.Scores;

/** Several networks' scores as one network's: an ensemble (Hansen and Salamon 1990). */
@Purpose("Averages the scores of several models, voxel by voxel and class by class.")
public record Average(
    @Reads(doc = "scores on one grid with as many classes; an absent one is left out")
        List<Slot<Scores>> inputs,
    @Writes(doc = "the mean; absent if all inputs are") Slot<Scores> output)
    implements Stage {

  public Average {
    if (Set.copyOf(inputs).size() < inputs.size()) {
      throw new IllegalArgumentException(
          "inputs must be different scores, not %s."
              .formatted(inputs.stream().map(Slot::name).collect(Collectors.joining(","))));
    }
  }

  @Override
  public Grid grid(Grids grids) {
    return grids.common(inputs);
  }

  @Override
  public void run(Case c) {
    List<Scores> present = inputs.stream().map(c::find).flatMap(Optional::stream).toList();
    if (present.isEmpty()) {
      c.markAbsent(output);
    } else {
      c.put(output, Scores.mean(present));
    }
  }
}
