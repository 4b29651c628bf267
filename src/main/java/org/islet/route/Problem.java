package org.islet.route;

/**
 * Something that is wrong with a route.
 *
 * @param location where
 * @param sentence what, and what would be right
 */
public record Problem(Location location, String sentence) {

  @Override
  public String toString() {
    return location + ": " + sentence;
  }
}
