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
import java.util.stream.Collectors;
import org.islet.route.Location;
import org.islet.stage.Case;
import org.islet.stage.Grid;
import org.islet.stage.Slot;

/**
 * What is known at one point of a route. Not changed once it is made.
 *
 * @param slots those that are written on some way to the point
 * @param grids where each slot lies, for each way on which the slots lie on other grids
 * @param gap whether a step on some way to the point could not be understood, which may have been
 *     meant to write anything
 */
record Known(Map<String, Value> slots, Set<Map<String, Grid>> grids, boolean gap) {

  /** With more ways than that, a slot that lies on several grids is taken to lie on any. */
  private static final int MOST_WAYS = 16;

  /**
   * A slot that was written on some way to the point.
   *
   * @param writers the steps that may have written it; none for the CT
   * @param types what it may hold: one, unless several steps may have written it
   * @param lost the ways on which it is not written; nothing if all ways write it
   */
  record Value(List<Step> writers, Set<Class<?>> types, Optional<Lost> lost) {}

  /**
   * Ways on which a slot is not written.
   *
   * @param fork where they part from those on which it is
   * @param where they are, in words, as the end of "it is not written …"
   */
  record Lost(Location fork, String where) {}

  /**
   * One of several ways of which a case takes one.
   *
   * @param place in words, as {@link Lost#where}
   */
  record Way(String place, Known end) {}

  /** At the start of a route: nothing but the CT. */
  static Known start(Grid ct) {
    Value value = new Value(List.of(), Set.of(Case.CT.type()), Optional.empty());
    return new Known(Map.of(Case.CT.name(), value), Set.of(Map.of(Case.CT.name(), ct)), false);
  }

  Optional<Value> get(String slot) {
    return Optional.ofNullable(slots.get(slot));
  }

  Set<String> names() {
    return new TreeSet<>(slots.keySet());
  }

  /** Whether a slot is written with the type that is wanted, on every way on which it is. */
  boolean holds(Slot<?> slot) {
    return get(slot.name())
        .filter(value -> value.types().stream().allMatch(t -> SlotType.fits(slot.type(), t)))
        .isPresent();
  }

  /** The names of the slots that hold a type, on every way on which they are written. */
  List<String> namesOf(Class<?> type) {
    return names().stream().filter(slot -> slots.get(slot).types().equals(Set.of(type))).toList();
  }

  /** With a slot that a step has written, or given a new value. */
  Known with(String slot, Value value) {
    Map<String, Value> all = new LinkedHashMap<>(slots);
    all.put(slot, value);
    return new Known(all, grids, gap);
  }

  /** With other grids. */
  Known on(Set<Map<String, Grid>> others) {
    return new Known(slots, few(others), gap);
  }

  /** Behind a step that could not be understood. */
  Known behindGap() {
    return new Known(slots, grids, true);
  }

  /**
   * After branches that all have run, each of which began with these slots, and with the grids that
   * the one before it ended with.
   */
  Known andAllOf(List<Known> ends) {
    Map<String, Value> all = new LinkedHashMap<>(slots);
    for (Known end : ends) {
      end.slots.forEach(
          (slot, value) -> {
            if (!value.equals(slots.get(slot))) {
              all.put(slot, value);
            }
          });
    }
    Known last = ends.isEmpty() ? this : ends.get(ends.size() - 1);
    return new Known(all, last.grids, gap || ends.stream().anyMatch(Known::gap));
  }

  /**
   * After ways of which one was taken.
   *
   * @param fork where they part
   */
  static Known anyOf(Location fork, Collection<Way> ways) {
    Map<String, Value> all = new LinkedHashMap<>();
    for (Way way : ways) {
      way.end.slots.forEach((slot, value) -> all.merge(slot, value, Known::either));
    }
    all.replaceAll((slot, value) -> lost(slot, value, fork, ways));
    Set<Map<String, Grid>> grids = new LinkedHashSet<>();
    for (Way way : ways) {
      way.end.grids.forEach(one -> grids.add(without(one, all)));
    }
    boolean gap = ways.stream().anyMatch(way -> way.end.gap);
    return new Known(all, few(grids), gap);
  }

  private static Value lost(String slot, Value value, Location fork, Collection<Way> ways) {
    if (value.lost.isPresent()) {
      return value;
    }
    List<String> places =
        ways.stream().filter(way -> !way.end.slots.containsKey(slot)).map(Way::place).toList();
    return places.isEmpty()
        ? value
        : new Value(
            value.writers, value.types, Optional.of(new Lost(fork, String.join(" and ", places))));
  }

  /** The grids of a way without those of slots that another way does not write. */
  private static Map<String, Grid> without(Map<String, Grid> grids, Map<String, Value> slots) {
    return grids.entrySet().stream()
        .filter(e -> !slots.containsKey(e.getKey()) || slots.get(e.getKey()).lost.isEmpty())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Set<Map<String, Grid>> few(Set<Map<String, Grid>> grids) {
    if (grids.size() <= MOST_WAYS) {
      return grids;
    }
    Map<String, Grid> common = new LinkedHashMap<>();
    for (Map<String, Grid> way : grids) {
      way.forEach((slot, grid) -> common.merge(slot, grid, Known::same));
    }
    return Set.of(Map.copyOf(common));
  }

  private static Grid same(Grid a, Grid b) {
    return a.equals(b) ? a : Grid.UNKNOWN;
  }

  private static Value either(Value a, Value b) {
    List<Step> writers = new ArrayList<>(a.writers);
    b.writers.stream().filter(w -> !writers.contains(w)).forEach(writers::add);
    Set<Class<?>> types = new LinkedHashSet<>(a.types);
    types.addAll(b.types);
    return new Value(List.copyOf(writers), types, a.lost.or(b::lost));
  }
}
