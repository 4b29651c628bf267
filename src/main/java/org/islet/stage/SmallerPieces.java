package org.islet.stage;

import java.util.Locale;
import org.islet.volume.Mask;

/** What a stage leaves out of a mask because it lies apart and is small. */
final class SmallerPieces {

  private static final double NOTABLE_SHARE = 0.1;

  private SmallerPieces() {}

  /**
   * Warns where more than a tenth of a mask was left out: the organ may have come in pieces, or
   * what was kept may be another.
   */
  static void warn(Case c, Slot<Mask> input, Mask whole, Slot<Mask> output, Mask kept) {
    if (whole.count() - kept.count() > NOTABLE_SHARE * whole.count()) {
      c.warn(
          String.format(
              Locale.ROOT,
              "Of '%s', %.1f ml in smaller pieces were left out beside the %.1f ml that '%s' holds."
                  + " Look whether the organ came in pieces.",
              input.name(),
              whole.millilitres() - kept.millilitres(),
              kept.millilitres(),
              output.name()));
    }
  }
}
