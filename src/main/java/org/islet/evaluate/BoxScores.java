package org.islet.evaluate;

import java.util.Optional;
import org.islet.volume.Box;

/**
 * How well a predicted box agrees with its reference, in voxels of one grid.
 *
 * @param recall see {@link Overlap#recall}
 * @param iou see {@link Overlap#iou}
 */
public record BoxScores(double recall, double iou) {

  /** Compares two boxes, either of which may not be there. */
  public static BoxScores of(Optional<Box> predicted, Optional<Box> reference) {
    return new BoxScores(Overlap.recall(predicted, reference), Overlap.iou(predicted, reference));
  }
}
