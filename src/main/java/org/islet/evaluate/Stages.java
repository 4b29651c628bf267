package org.islet.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which masks a report compares as a route's two stages, by the names of their slots.
 *
 * @param first what stage 1 found; nothing where only the result is known
 * @param second what stage 2 found: the result
 */
public record Stages(Optional<String> first, String second) {

  /** The slots by what a table calls them, in order. */
  Map<String, String> titled() {
    Map<String, String> titled = new LinkedHashMap<>();
    first.ifPresent(slot -> titled.put("stage 1", slot));
    titled.put(first.isPresent() ? "stage 2" : "result", second);
    return titled;
  }
}
