package org.islet.evaluate;

import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;

/**
 * How well a predicted mask agrees with its reference.
 *
 * @param dsc the masks' Dice similarity coefficient, 0 to 1; see {@link Overlap#dsc}
 * @param box how well the boxes around the masks agree
 * @param hd95Mm HD95 in mm; NaN, for no value, if one mask is empty; see {@link
 *     SurfaceDistances#hd95}
 * @param asdMm the average symmetric surface distance in mm; NaN, for no value, if one mask is
 *     empty; see {@link SurfaceDistances#mean}
 * @param volumeDifferenceMl the volume error: the prediction's volume less the reference's, in ml;
 *     an empty mask has 0 ml
 * @param isolated what the prediction finds apart from the reference
 */
public record Scores(
    double dsc,
    BoxScores box,
    double hd95Mm,
    double asdMm,
    double volumeDifferenceMl,
    IsolatedFalsePositives isolated) {

  /**
   * Compares two masks.
   *
   * @throws IllegalArgumentException if they are not on the same grid
   */
  public static Scores of(Mask prediction, Mask reference) {
    requireSameGrid(prediction.geometry(), reference.geometry());
    SurfaceDistances distances = SurfaceDistances.between(prediction, reference);
    return new Scores(
        Overlap.dsc(prediction, reference),
        BoxScores.of(Box.around(prediction), Box.around(reference)),
        distances.hd95(),
        distances.mean(),
        prediction.millilitres() - reference.millilitres(),
        IsolatedFalsePositives.of(prediction, reference));
  }

  /**
   * @throws IllegalArgumentException if the grids differ; the message gives both
   */
  static void requireSameGrid(Geometry prediction, Geometry reference) {
    if (!prediction.matches(reference)) {
      throw new IllegalArgumentException(
          ("The prediction's grid is %s with affine %s, but the reference's is %s with affine %s."
                  + " Masks are compared voxel by voxel: bring both to the same grid first.")
              .formatted(
                  prediction.size(), prediction.affine(), reference.size(), reference.affine()));
    }
  }
}
