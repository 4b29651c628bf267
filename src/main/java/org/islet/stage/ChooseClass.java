package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Scores;

/** Takes one class's voxels from the scores of all classes. */
@Purpose("Keeps the voxels whose score is the largest in one class.")
public record ChooseClass(
    @Reads(value = "scores", doc = "scores or probabilities") Slot<Scores> input,
    @Writes(doc = "the class's voxels; of equal scores the first class has it") Slot<Mask> output,
    @Param(min = 0, max = 65535, doc = "the class's number, the first being 0") int label)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    grids.of(input).requireClass(label);
    return grids.of(input);
  }

  @Override
  public void run(Case c) {
    c.put(output, c.get(input).largestIn(label));
  }
}
