package org.islet.stage;

import java.util.Locale;
import org.islet.volume.ConnectedComponents;
import org.islet.volume.Mask;

/**
 * Keeps the largest connected component, which removes the isolated false positives that Zhao et
 * al. (2019, section 3.4) discuss. Where more than a tenth of the mask goes with the others, the
 * case is warned of: the organ may have come in two pieces, or the largest may be another.
 */
@Purpose("Keeps the largest piece of a mask; voxels that share a corner belong together.")
public record LargestComponent(
    @Reads(doc = "any mask") Slot<Mask> input,
    @Writes(
            value = "mask",
            doc = "its largest piece; a warning where more than a tenth is left out")
        Slot<Mask> output)
    implements Stage {

  private static final double NOTABLE_SHARE = 0.1;

  @Override
  public void run(Case c) {
    Mask whole = c.get(input);
    Mask kept = new ConnectedComponents(whole).largest();
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
    c.put(output, kept);
  }
}
