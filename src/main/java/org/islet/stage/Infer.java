package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** Lets a network find its organ (Zhao et al. 2019, sections 2.1 and 2.2.2). */
@Purpose("Runs a model on a volume and keeps the voxels that it takes for its organ.")
public record Infer(
    @Reads(doc = "a volume in the range that the model's card states") Slot<Volume> input,
    @Writes(doc = "the organ, on the input's grid") Slot<Mask> output,
    @Param(doc = "a model's name, or name/version; without a version the newest is taken")
        Network model)
    implements Stage {

  public Infer {
    model
        .slices()
        .ifPresent(
            axis -> {
              throw new IllegalArgumentException(
                  "the model %s takes %s slices, not volumes; use the stage infer-slices with axis=%s."
                      .formatted(model.id(), axis.slices(), axis.letter()));
            });
  }

  @Override
  public void run(Case c) {
    c.put(output, model.segment(c.get(input)));
  }
}
