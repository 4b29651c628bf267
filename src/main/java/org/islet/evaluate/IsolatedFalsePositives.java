package org.islet.evaluate;

import org.islet.volume.ConnectedComponents;
import org.islet.volume.Mask;

/**
 * What a prediction finds where there is nothing at all: its connected components (26 neighbours,
 * as {@link ConnectedComponents} has them) that share no voxel with the reference.
 *
 * @param count how many components
 * @param millilitres their volume together, in ml
 */
public record IsolatedFalsePositives(int count, double millilitres) {

  /**
   * Finds them.
   *
   * @throws IllegalArgumentException if the masks are not on one grid
   */
  public static IsolatedFalsePositives of(Mask prediction, Mask reference) {
    Mask isolated = new ConnectedComponents(prediction).disjointFrom(reference);
    return new IsolatedFalsePositives(
        new ConnectedComponents(isolated).count(), isolated.millilitres());
  }
}
