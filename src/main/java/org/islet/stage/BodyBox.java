package org.islet.stage;

import java.util.Locale;
import org.islet.volume.Body;
import org.islet.volume.Box;
import org.islet.volume.Volume;

/** The box around the patient's body, without the table: see {@link Body}. */
@Purpose("Finds the box around the patient's body; the table, clothes and tubes are left out.")
public record BodyBox(
    @Reads(value = "ct", doc = "a volume in HU") Slot<Volume> input,
    @Writes(doc = "the box in voxels of the input; absent if nothing is as thick as a body")
        Slot<Box> output,
    @Param(
            value = "-200",
            unit = "HU",
            min = -1000,
            max = 3000,
            doc = "this value and all above are tissue")
        double threshold,
    @Param(
            value = "0",
            unit = "voxels",
            min = 0,
            max = 1000,
            doc = "added in each of the six directions, up to the end of the grid")
        int margin)
    implements Stage {

  @Override
  public void run(Case c) {
    Volume ct = c.get(input);
    var body = Body.around(ct, threshold);
    if (body.isEmpty()) {
      c.warn(
          String.format(
              Locale.ROOT,
              "Nothing in '%s' of at least %.0f HU is as thick as a body, so there is no box '%s'.",
              input.name(),
              threshold,
              output.name()));
      c.markAbsent(output);
      return;
    }
    c.put(output, body.get().grown(margin).clippedTo(ct.size()).orElseThrow());
  }
}
