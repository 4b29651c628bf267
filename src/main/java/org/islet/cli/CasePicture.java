package org.islet.cli;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.islet.evaluate.CaseScores;
import org.islet.evaluate.Metric;
import org.islet.publish.Preview;
import org.islet.publish.Preview.Outline;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/**
 * A picture of a case that was scored: what was found beside the truth, over the CT.
 *
 * @param slot of the mask that is drawn
 */
record CasePicture(CaseScores scores, String slot) {

  double dsc() {
    return scores.value(Metric.DSC, slot);
  }

  /** The picture as PNG, of a CT and masks on one grid in RAS axes. */
  byte[] png(Volume ct, Mask truth, Mask found) {
    String caption =
        String.format(Locale.ROOT, "%s: DSC of %s %.2f%%. ", scores.name(), slot, 100 * dsc())
            + String.join(" ", new TreeSet<>(scores.warnings().values()));
    List<Outline> outlines =
        List.of(
            new Outline(truth, Preview.TRUTH, "truth"), new Outline(found, Preview.FOUND, slot));
    return Preview.png(ct, outlines, caption);
  }
}
