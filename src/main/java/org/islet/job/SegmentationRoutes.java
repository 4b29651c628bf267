package org.islet.job;

/** The segmentation routes that are loaded. */
public interface SegmentationRoutes {

  /**
   * The route of a name.
   *
   * @throws IllegalArgumentException whose message names the routes there are, if there is no such
   *     one
   */
  SegmentationRoute get(String name);
}
