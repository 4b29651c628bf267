package org.islet.job;

import java.util.List;
import org.islet.stage.Case;
import org.islet.stage.Slot;

/** A route that takes a case from its CT to its mask. */
public interface SegmentationRoute {

  String name();

  /** The SHA-256 of the files that the route is written in, in hexadecimal. */
  String digest();

  /** The slots that its stages may write. */
  List<Slot<?>> slots();

  /** The models that its stages may run, by id ({@code name/version}), each once. */
  List<String> models();

  /** How many stages a case passes at the most. */
  int stages();

  /**
   * Runs every stage of the route.
   *
   * @throws org.islet.stage.StageFailedException if a stage could not do its work
   */
  void run(Case c);
}
