package org.islet.evaluate;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.islet.volume.Box;
import org.islet.volume.Mask;

/**
 * The scores of one case: of each mask and each box that was found in it, by name.
 *
 * @param name the case
 * @param masks the masks' scores, by the name of their slot
 * @param boxes the boxes' scores, by the name of their slot
 * @param nothing the scores of an empty mask, which stand for a slot that has no value in this case
 * @param warnings what the cards of the models that had a part warn of, by the model's id
 */
public record CaseScores(
    String name,
    Map<String, Scores> masks,
    Map<String, BoxScores> boxes,
    Scores nothing,
    Map<String, String> warnings) {

  /**
   * Scores what was found in a case.
   *
   * @param masks by name; those that are not on the truth's grid are left out
   * @param boxes by name, in voxels of the truth's grid
   */
  public static CaseScores of(
      String name,
      Map<String, Mask> masks,
      Map<String, Box> boxes,
      Mask truth,
      Map<String, String> warnings) {
    Map<String, Scores> maskScores = new TreeMap<>();
    masks.forEach(
        (slot, mask) -> {
          if (mask.geometry().matches(truth.geometry())) {
            maskScores.put(slot, Scores.of(mask, truth));
          }
        });
    Optional<Box> trueBox = Box.around(truth);
    Map<String, BoxScores> boxScores = new TreeMap<>();
    boxes.forEach((slot, box) -> boxScores.put(slot, BoxScores.of(Optional.of(box), trueBox)));
    Scores nothing = Scores.of(Mask.empty(truth.geometry()), truth);
    return new CaseScores(name, maskScores, boxScores, nothing, warnings);
  }

  /** A number of a mask or, for metrics of boxes, also of a box; NaN for no value. */
  public double value(Metric metric, String slot) {
    BoxScores box = boxes.get(slot);
    return box == null ? metric.of(masks.getOrDefault(slot, nothing)) : metric.of(box);
  }
}
