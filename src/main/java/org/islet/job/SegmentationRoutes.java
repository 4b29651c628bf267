package org.islet.job;

/** The segmentation routes that are loaded. They may change while cases are under way. */
public interface SegmentationRoutes {

  /**
   * Opens a route as it is now, for one case or several.
   *
   * @throws IllegalArgumentException whose message names the routes there are, if there is no such
   *     one
   */
  SegmentationRoute open(String name);

  /**
   * Says that a route is needed: a change without it is refused from now on.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  default void require(String name) {
    open(name).close();
  }
}
