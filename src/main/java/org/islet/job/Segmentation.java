package org.islet.job;

import org.islet.volume.Mask;
import org.islet.volume.Volume;

/**
 * A case that went through its route, and is not published yet.
 *
 * @param report what will be in {@code result.json}
 * @param mask on the input's own grid
 * @param ct as the stages saw it (RAS)
 * @param seen the mask on the grid of {@code ct}
 */
public record Segmentation(CaseReport report, Mask mask, Volume ct, Mask seen) {

  /** The same under another name. */
  Segmentation named(String caseId) {
    return new Segmentation(report.named(caseId), mask, ct, seen);
  }
}
