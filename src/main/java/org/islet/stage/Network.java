package org.islet.stage;

import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** A trained network as a stage sees it: a volume goes in, a mask on the same grid comes out. */
public interface Network {

  /** The model's name and version, as {@code name/version}. */
  String id();

  /**
   * The voxels that the network takes for its organ.
   *
   * @param volume in the value range that the model's card states
   * @return a mask on the volume's grid
   * @throws RuntimeException whose message is a sentence for the operator, if the volume does not
   *     fit into the memory allowed, even in tiles
   */
  Mask segment(Volume volume);
}
