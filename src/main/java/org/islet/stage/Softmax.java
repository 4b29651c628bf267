package org.islet.stage;

import org.islet.volume.Scores;

/** Turns raw scores (logits) into probabilities (Bridle 1990). */
@Purpose("Makes a model's raw scores probabilities, which sum to 1 over the classes of a voxel.")
public record Softmax(
    @Reads(value = "scores", doc = "raw scores, of any size") Slot<Scores> input,
    @Writes(value = "probabilities", doc = "the same grid and classes, 0…1") Slot<Scores> output)
    implements Stage {

  @Override
  public void run(Case c) {
    c.put(output, c.get(input).softmax());
  }
}
