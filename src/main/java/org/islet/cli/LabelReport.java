package org.islet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.islet.dataset.LabelPlacement;
import org.islet.dataset.TissueInside;
import org.islet.volume.Orientation;

/** What tells whether a label lies rightly in its CT: the tissue inside it. */
final class LabelReport {

  /** Below it a label is likely to lie wrongly. */
  private static final double LEAST_SOFT_SHARE = 0.9;

  private final LabelPlacement placement;
  private final Orientation axes;
  private final TissueInside tissue;

  /**
   * @param axes the directions along which the label was laid
   */
  LabelReport(LabelPlacement placement, Orientation axes) {
    this.placement = placement;
    this.axes = axes;
    this.tissue = placement.tissue(axes);
  }

  /** The numbers. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%.1f ml, axes %s, HU inside: median %.0f, SD %.0f, 5 %% below %.0f, 5 %% above %.0f;"
            + " %.1f %% in %d to %d",
        placement.along(axes).millilitres(),
        axes,
        tissue.medianHu(),
        tissue.sdHu(),
        tissue.lowHu(),
        tissue.highHu(),
        100 * tissue.softShare(),
        TissueInside.SOFT_FROM,
        TissueInside.SOFT_TO);
  }

  /** A sentence for each sign that the label lies wrongly. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (tissue.softShare() < LEAST_SOFT_SHARE) {
      warnings.add(
          "much of the label lies in gas, fat or bone: it may be mirrored. Look at --picture.");
    }
    placement.evenerThan(axes).ifPresent(other -> warnings.add(evener(other)));
    return warnings;
  }

  private String evener(Orientation other) {
    return String.format(
        Locale.ROOT,
        "with --axes %s the label would hold more even tissue (SD %.0f HU, not %.0f). Look at --picture of both.",
        other,
        placement.tissue(other).sdHu(),
        tissue.sdHu());
  }
}
