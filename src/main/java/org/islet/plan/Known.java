package org.islet.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.islet.route.Location;
import org.islet.stage.Grid;

/** What is known of the slots at one point of a route. Not changed once it is made. */
record Known(Map<String, Value> slots) {

  /**
   * A slot that was written on some way to the point.
   *
   * @param writers the steps that may have written it; none for the CT
   * @param types what it may hold: one, unless several steps may have written it
   * @param grid where it lies
   * @param lost where a way branches off on which it is not written; nothing if all ways write it
   */
  record Value(List<Step> writers, Set<Class<?>> types, Grid grid, Optional<Location> lost) {}

  Optional<Value> get(String slot) {
    return Optional.ofNullable(slots.get(slot));
  }

  Grid gridOf(String slot) {
    return get(slot).map(Value::grid).orElse(Grid.UNKNOWN);
  }

  Set<String> names() {
    return new TreeSet<>(slots.keySet());
  }

  /** With a slot that a step has written, or given a new value. */
  Known with(String slot, Value value) {
    Map<String, Value> all = new LinkedHashMap<>(slots);
    all.put(slot, value);
    return new Known(all);
  }

  /** After branches that all have run, each of which began with this. */
  Known andAllOf(Collection<Known> ends) {
    Map<String, Value> all = new LinkedHashMap<>(slots);
    for (Known end : ends) {
      end.slots.forEach(
          (slot, value) -> {
            if (!value.equals(slots.get(slot))) {
              all.put(slot, value);
            }
          });
    }
    return new Known(all);
  }

  /**
   * After ways of which one was taken.
   *
   * @param fork where they part
   */
  static Known anyOf(Collection<Known> ends, Location fork) {
    Map<String, Value> all = new LinkedHashMap<>();
    for (Known end : ends) {
      end.slots.forEach((slot, value) -> all.merge(slot, value, Known::either));
    }
    all.replaceAll(
        (slot, value) ->
            ends.stream().allMatch(end -> end.slots.containsKey(slot))
                ? value
                : new Value(
                    value.writers, value.types, value.grid, Optional.of(value.lost.orElse(fork))));
    return new Known(all);
  }

  private static Value either(Value a, Value b) {
    List<Step> writers = new ArrayList<>(a.writers);
    b.writers.stream().filter(w -> !writers.contains(w)).forEach(writers::add);
    Set<Class<?>> types = new LinkedHashSet<>(a.types);
    types.addAll(b.types);
    return new Value(
        List.copyOf(writers),
        types,
        a.grid.isKnown() && a.grid.matches(b.grid) ? a.grid : Grid.UNKNOWN,
        a.lost.or(b::lost));
  }
}
