package org.islet.evaluate;

import java.util.Optional;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;

/**
 * How well a predicted mask agrees with its reference.
 *
 * @param dsc the masks' Dice similarity coefficient; see {@link Overlap#dsc}
 * @param boxRecall the bounding boxes' recall; see {@link Overlap#recall}
 * @param boxIou the bounding boxes' IoU; see {@link Overlap#iou}
 * @param hd95Mm HD95 in mm; NaN, for no value, if one mask is empty; see {@link
 *     SurfaceDistance#hd95}
 * @param volumeDifferenceMl the prediction's volume less the reference's, in ml
 */
public record Scores(
    double dsc, double boxRecall, double boxIou, double hd95Mm, double volumeDifferenceMl) {

  /**
   * Compares two masks.
   *
   * @throws IllegalArgumentException if they are not on the same grid
   */
  public static Scores of(Mask prediction, Mask reference) {
    requireSameGrid(prediction.geometry(), reference.geometry());
    Optional<Box> predictedBox = Box.around(prediction);
    Optional<Box> referenceBox = Box.around(reference);
    return new Scores(
        Overlap.dsc(prediction, reference),
        Overlap.recall(predictedBox, referenceBox),
        Overlap.iou(predictedBox, referenceBox),
        SurfaceDistance.hd95(prediction, reference),
        prediction.millilitres() - reference.millilitres());
  }

  private static void requireSameGrid(Geometry prediction, Geometry reference) {
    if (!prediction.matches(reference)) {
      throw new IllegalArgumentException(
          ("The prediction's grid is %s with affine %s, but the reference's is %s with affine %s."
                  + " Masks are compared voxel by voxel: bring both to the same grid first.")
              .formatted(
                  prediction.size(), prediction.affine(), reference.size(), reference.affine()));
    }
  }
}
