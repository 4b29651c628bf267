package org.islet.stage;

import java.util.List;
import org.islet.volume.Mask;

/**
 * What vote, union and intersection have in common: of several masks, those at each voxel count.
 */
final class MaskCount {

  private MaskCount() {}

  /**
   * Puts the voxels that more than {@code n} of the masks hold. An absent mask counts as empty; if
   * all are absent, so is the output.
   */
  static void putInMoreThan(int n, Case c, List<Slot<Mask>> inputs, Slot<Mask> output) {
    List<Mask> masks = c.present(inputs);
    if (masks.isEmpty()) {
      c.markAbsent(output);
    } else {
      c.put(output, Mask.inMoreThan(n, masks));
    }
  }
}
