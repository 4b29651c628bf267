package org.islet.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Something that is wrong with a route.
 *
 * @param location where
 * @param sentence what, and what would be right
 */
public record Problem(Location location, String sentence) {

  private static final int MOST_TOLD = 200;

  /**
   * Each as a sentence with its place, once; of very many the first, and how many more there are.
   */
  public static List<String> sentences(Collection<Problem> problems) {
    List<String> all = problems.stream().map(Problem::toString).distinct().toList();
    if (all.size() <= MOST_TOLD) {
      return all;
    }
    List<String> told = new ArrayList<>(all.subList(0, MOST_TOLD));
    told.add("%d more things are wrong; mend these first.".formatted(all.size() - MOST_TOLD));
    return told;
  }

  @Override
  public String toString() {
    return location + ": " + sentence;
  }
}
