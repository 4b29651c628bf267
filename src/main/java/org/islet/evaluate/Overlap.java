package org.islet.evaluate;

import java.util.Optional;
import org.islet.volume.Box;
import org.islet.volume.Mask;

/**
 * How much two masks, or the boxes around them, have in common (Zhao et al. 2019, equations 5 to
 * 7). Where there is nothing on either side they agree and the value is 1; where there is nothing
 * on one side it is 0.
 */
public final class Overlap {

  private Overlap() {}

  /** The Dice similarity coefficient 2|A∩B| / (|A| + |B|) of two masks on one grid, 0 to 1. */
  public static double dsc(Mask a, Mask b) {
    return a.dice(b);
  }

  /** The share of the reference's box that the predicted box holds, 0 to 1. */
  public static double recall(Optional<Box> predicted, Optional<Box> reference) {
    if (predicted.isEmpty() || reference.isEmpty()) {
      return predicted.equals(reference) ? 1 : 0;
    }
    return common(predicted.get(), reference.get()) / (double) reference.get().count();
  }

  /** The voxels that both boxes hold over those that either does, 0 to 1. */
  public static double iou(Optional<Box> a, Optional<Box> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.equals(b) ? 1 : 0;
    }
    long common = common(a.get(), b.get());
    return common / (double) (a.get().count() + b.get().count() - common);
  }

  private static long common(Box a, Box b) {
    return a.intersection(b).map(Box::count).orElse(0L);
  }
}
