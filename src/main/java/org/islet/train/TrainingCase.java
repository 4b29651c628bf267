package org.islet.train;

import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Resampling;
import org.islet.volume.Volume;

/**
 * What one labelled CT teaches.
 *
 * @param input clipped and scaled to 0…1: the decimated volume for stage 1, a crop at full
 *     resolution for stage 2
 * @param truth on the input's grid
 */
record TrainingCase(Volume input, Mask truth) {

  private static final double MIN_HU = -100;
  private static final double MAX_HU = 240;

  /** The clipped volume decimated by R (Zhao et al. 2019, section 2.1). */
  static TrainingCase coarse(Volume ct, Mask truth, int factor) {
    Volume clipped = ct.clippedToUnit(MIN_HU, MAX_HU);
    return new TrainingCase(
        Resampling.downsample(clipped, factor), Resampling.downsample(truth, factor));
  }

  /**
   * The box around the truth plus a margin in each direction (section 2.2.1; the paper's is 10),
   * where the CT reaches so far.
   *
   * @throws IllegalArgumentException if the truth is empty
   */
  static TrainingCase fine(Volume ct, Mask truth, int margin) {
    Box box =
        Box.around(truth)
            .flatMap(b -> b.grown(margin).clippedTo(ct.size()))
            .orElseThrow(
                () -> new IllegalArgumentException("An empty mask has no box to train on."));
    return new TrainingCase(ct.cropped(box).clippedToUnit(MIN_HU, MAX_HU), truth.cropped(box));
  }
}
