package org.islet.route;

/**
 * A segmentation route as it is written.
 *
 * @param name what stands behind {@code direct:}; other routes and cases call it by that
 * @param location where the route's address is written
 */
public record Route(String name, Location location, RouteStep.Series steps) {

  /** What a route may be named, as a regular expression. */
  public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
}
