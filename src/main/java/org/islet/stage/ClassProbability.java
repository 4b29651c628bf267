package org.islet.stage;

import org.islet.volume.Scores;
import org.islet.volume.Volume;

/** Takes one class's scores out of those of all classes. */
@Purpose("Takes the scores, or probabilities, of one class as a volume.")
public record ClassProbability(
    @Reads(value = "probabilities", doc = "scores or probabilities") Slot<Scores> input,
    @Writes(doc = "those of the class, on the same grid") Slot<Volume> output,
    @Param(min = 0, max = 65535, doc = "the class's number, the first being 0") int label)
    implements Stage {

  @Override
  public Grid grid(Grids grids) {
    grids.of(input).requireClass(label);
    return grids.of(input);
  }

  @Override
  public void run(Case c) {
    c.put(output, c.get(input).channel(label));
  }
}
