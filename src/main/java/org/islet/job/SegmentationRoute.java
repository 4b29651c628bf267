package org.islet.job;

import org.islet.stage.Case;

/** A route that takes a case from its CT to its mask. */
public interface SegmentationRoute {

  String name();

  /** The SHA-256 of the files that the route is written in, in hexadecimal. */
  String digest();

  /** How many stages a case passes at the most. */
  int stages();

  /**
   * Runs every stage of the route.
   *
   * @throws org.islet.stage.StageFailedException if a stage could not do its work
   */
  void run(Case c);
}
