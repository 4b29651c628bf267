package org.islet.stage;

import org.islet.volume.Scores;
import org.islet.volume.Volume;

/** Lets a network say how much each voxel is of each of its classes. */
@Purpose(
    "Runs a model on a volume and keeps all that it answers: a score for each voxel and class.")
public record Score(
    @Reads(doc = "a volume in the range, and of the size, that the model's card states")
        Slot<Volume> input,
    @Writes(value = "scores", doc = "the model's answer, on the input's grid") Slot<Scores> output,
    @Param(doc = "a model's name, or name/version; without a version the newest is taken")
        Network model)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    return grids.of(input).withChannels(model.channels());
  }

  @Override
  public void run(Case c) {
    c.put(output, model.scores(c.get(input)));
  }
}
