package org.islet.reference;

import java.util.List;
import org.islet.stage.Case;
import org.islet.stage.Network;
import org.islet.stage.Param;
import org.islet.stage.Purpose;
import org.islet.stage.Reads;
import org.islet.stage.Slot;
import org.islet.stage.Stage;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageDescription;
import org.islet.stage.Writes;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** A stage with an option of each kind; it does nothing. */
@Purpose("Has an option of each kind | and a bar.")
record SampleStage(
    @Reads(value = "ct", doc = "any volume") Slot<Volume> image,
    @Param(min = 2, max = 5, doc = "how often") int count,
    @Writes(doc = "nothing") Slot<Mask> output,
    @Reads(doc = "some masks") List<Slot<Mask>> masks,
    @Param(value = "0.5", unit = "mm", min = 0, doc = "how far") double distance,
    @Param(value = "-1", max = 0.25, doc = "how low") double low,
    @Param(doc = "whether it is so") boolean loud,
    @Param(value = "right-hand", doc = "on which side") Side side,
    @Param(doc = "a model's name") Network model)
    implements Stage {

  enum Side {
    LEFT,
    RIGHT_HAND
  }

  static final StageCatalogue CATALOGUE = new StageCatalogue(List.of(SampleStage.class));

  static StageDescription description() {
    return CATALOGUE.describe("sample-stage");
  }

  @Override
  public void run(Case c) {}
}
