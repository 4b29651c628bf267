package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** Lets a network of two dimensions find its organ, slice by slice (Roth et al. 2015). */
@Purpose("Runs a model on each slice of a volume and keeps the voxels that it takes for its organ.")
public record InferSlices(
    @Reads(doc = "a volume in the range that the model's card states") Slot<Volume> input,
    @Writes(doc = "the organ, on the input's grid") Slot<Mask> output,
    @Param(doc = "a model of slices: its name, or name/version; without a version the newest")
        Network model,
    @Param(value = "z", doc = "which slices it was trained on: x sagittal, y coronal, z axial ones")
        SliceAxis axis)
    implements Stage {

  public InferSlices {
    if (model.slices().isEmpty()) {
      throw new IllegalArgumentException(
          "the model %s takes volumes, not slices; use the stage infer.".formatted(model.id()));
    }
    SliceAxis trained = model.slices().get();
    if (trained != axis) {
      throw new IllegalArgumentException(
          "the model %s takes %s slices (axis=%s) by its card's input.layout, not %s ones."
              .formatted(model.id(), trained.slices(), trained.letter(), axis.slices()));
    }
  }

  @Override
  public void run(Case c) {
    c.put(output, model.segment(c.get(input)));
  }
}
