package org.islet.dataset;

import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Resampling;
import org.islet.volume.Volume;

/** What becomes of a labelled CT before a network of one of the two stages learns from it. */
public sealed interface Preparation {

  /** The name of a preparation and its parameter, such as {@code coarse-4}. */
  String name();

  /** What a network sees, in words that follow "on". */
  String description();

  /**
   * Prepares a case. HU are clipped to −100…240 and scaled to 0…1 (Zhao et al. 2019, section 3.1;
   * the numbers are those of references 9 and 10).
   *
   * @throws IllegalArgumentException if nothing of the truth is there, or left
   */
  PreparedCase apply(LabelledCt labelled);

  /**
   * For stage 1: the clipped volume decimated by R (section 2.1).
   *
   * @param factor R, 2 to 16; the paper's is 4
   */
  record Coarse(int factor) implements Preparation {

    public Coarse {
      require("decimation factor", factor, 2, 16);
    }

    @Override
    public String name() {
      return "coarse-" + factor;
    }

    @Override
    public String description() {
      return "a whole abdominal CT decimated by " + factor;
    }

    @Override
    public PreparedCase apply(LabelledCt labelled) {
      Mask organ = Resampling.downsample(labelled.organ(), factor);
      if (organ.isEmpty()) {
        throw new IllegalArgumentException(
            "nothing of the organ is left where the volume is decimated by %d. Take a smaller --factor, or leave the case out."
                .formatted(factor));
      }
      return PreparedCase.of(Resampling.downsample(clipped(labelled.ct()), factor), organ);
    }
  }

  /**
   * For stage 2: the box around the truth and a margin in each of the six directions, where the CT
   * reaches so far, at full resolution (section 2.2.1).
   *
   * @param margin in voxels, 0 to 200; the paper's is 10
   */
  record Fine(int margin) implements Preparation {

    public Fine {
      require("margin", margin, 0, 200);
    }

    @Override
    public String name() {
      return "fine-" + margin;
    }

    @Override
    public String description() {
      return "a crop of an abdominal CT at full resolution, %d voxels wider than the organ on each side"
          .formatted(margin);
    }

    @Override
    public PreparedCase apply(LabelledCt labelled) {
      Mask organ = labelled.organ();
      Box box =
          Box.around(organ)
              .flatMap(b -> b.grown(margin).clippedTo(organ.size()))
              .orElseThrow(
                  () -> new IllegalArgumentException("An empty mask has no box to train on."));
      return PreparedCase.of(clipped(labelled.ct().cropped(box)), organ.cropped(box));
    }
  }

  private static Volume clipped(Volume ct) {
    return ct.clippedToUnit(-100, 240);
  }

  private static void require(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "The %s must be %d to %d, not %d.".formatted(what, min, max, value));
    }
  }
}
