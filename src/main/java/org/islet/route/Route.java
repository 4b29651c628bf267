package org.islet.route;

/**
 * A segmentation route as it is written.
 *
 * @param name what stands behind {@code direct:}; other routes and cases call it by that
 * @param location where the route's address is written
 */
public record Route(String name, Location location, RouteStep.Series steps) {}
