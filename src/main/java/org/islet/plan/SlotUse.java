package org.islet.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.islet.plan.RoutePlan.Output;
import org.islet.stage.Slot;

/** Who writes and reads a route's slots, and what of all that is written serves somebody. */
final class SlotUse {

  private final Map<String, List<Step>> writers = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();
  private final Set<Output> used = new HashSet<>();
  private final Set<String> hinted = new HashSet<>();

  SlotUse(Part root) {
    root.addReads(read);
    root.steps().forEach(step -> step.writes().forEach(slot -> addWriter(slot, step)));
  }

  private void addWriter(Slot<?> slot, Step step) {
    writers.computeIfAbsent(slot.name(), name -> new ArrayList<>()).add(step);
  }

  /** The steps that write a slot, anywhere on the route. */
  List<Step> writers(String slot) {
    return writers.getOrDefault(slot, List.of());
  }

  /** The slots that are written anywhere on the route. */
  Set<String> written() {
    return new TreeSet<>(writers.keySet());
  }

  /** Whether a step or a condition reads a slot, anywhere on the route. */
  boolean isRead(String slot) {
    return read.contains(slot);
  }

  /** Notes that what these steps write to a slot serves somebody. */
  void add(String slot, List<Step> writers) {
    writers.forEach(writer -> used.add(new Output(writer.written(), slot)));
  }

  /** Notes that a slot was named as what somebody who misspelt another may have meant. */
  void addHinted(String slot) {
    hinted.add(slot);
  }

  Set<Output> used() {
    return used;
  }

  Set<String> hinted() {
    return hinted;
  }
}
