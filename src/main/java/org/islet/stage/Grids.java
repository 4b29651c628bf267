package org.islet.stage;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Volume;

/** The grids of the slots that a stage reads. */
public final class Grids {

  private static final Set<Class<?>> ON_A_GRID = Set.of(Volume.class, Mask.class, Scores.class);

  private final List<Slot<?>> reads;
  private final Function<Slot<?>, Grid> known;

  Grids(List<Slot<?>> reads, Function<Slot<?>, Grid> known) {
    this.reads = reads;
    this.known = known;
  }

  /** A slot's grid; {@link Grid#UNKNOWN} where it is not known. */
  public Grid of(Slot<?> slot) {
    return known.apply(slot);
  }

  /** The grid of the first volume, mask or scores that the stage reads. */
  public Grid first() {
    return reads.stream()
        .filter(slot -> ON_A_GRID.contains(slot.type()))
        .findFirst()
        .map(this::of)
        .orElse(Grid.UNKNOWN);
  }

  /**
   * Refuses a slot that lies on another grid than is wanted.
   *
   * @throws IllegalArgumentException whose message names both grids
   */
  public void require(Slot<?> slot, Grid wanted) {
    Grid found = of(slot);
    if (!found.matches(wanted)) {
      throw new IllegalArgumentException(
          "'%s' is on the grid of %s, but that of %s is needed here."
              .formatted(slot.name(), found, wanted));
    }
  }

  /**
   * The one grid that all of some slots lie on.
   *
   * @throws IllegalArgumentException if they lie on several; the message names two
   */
  public Grid common(Collection<? extends Slot<?>> slots) {
    Slot<?> first = null;
    for (Slot<?> slot : slots) {
      if (first == null || !of(first).isKnown()) {
        first = slot;
      } else if (!of(slot).matches(of(first))) {
        throw new IllegalArgumentException(
            "'%s' is on the grid of %s, but '%s' on that of %s; bring them to one grid first."
                .formatted(slot.name(), of(slot), first.name(), of(first)));
      }
    }
    return first == null ? Grid.UNKNOWN : of(first);
  }
}
