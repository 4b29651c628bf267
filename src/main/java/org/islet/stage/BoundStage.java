package org.islet.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.stage.StageDescription.Jar;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/** A stage made for one step of a route, with its slots. */
public final class BoundStage {

  private final StageDescription description;
  private final Stage stage;
  private final List<Slot<?>> required;
  private final List<Slot<?>> tolerated;
  private final List<Slot<?>> written;
  private final List<Slot<?>> replaced;
  private final List<Network> networks;

  BoundStage(StageDescription description, Stage stage, List<Object> values) {
    this.description = description;
    this.stage = stage;
    this.required = slots(option -> option.kind() == Kind.READS && !option.many(), values);
    this.tolerated = slots(option -> option.kind() == Kind.READS && option.many(), values);
    this.written = slots(option -> option.kind() == Kind.WRITES, values);
    this.replaced = slots(Option::replaces, values);
    this.networks =
        values.stream().filter(Network.class::isInstance).map(Network.class::cast).toList();
  }

  private List<Slot<?>> slots(Predicate<Option> wanted, List<Object> values) {
    List<Slot<?>> slots = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      var option = description.options().get(i);
      if (wanted.test(option)) {
        List<?> all = option.many() ? (List<?>) values.get(i) : List.of(values.get(i));
        all.forEach(slot -> slots.add((Slot<?>) slot));
      }
    }
    return List.copyOf(slots);
  }

  /** The stage's name. */
  public String name() {
    return description.name();
  }

  /** The jar that the stage is from; nothing for Islet's own. */
  public Optional<Jar> jar() {
    return description.jar();
  }

  /** The slots that the stage reads. */
  List<Slot<?>> reads() {
    return Stream.<Slot<?>>concat(required.stream(), tolerated.stream()).toList();
  }

  /** The slots that the stage writes. */
  List<Slot<?>> writes() {
    return written;
  }

  /** Whether the stage gives a slot that it writes, and that was written before, another value. */
  boolean replaces(Slot<?> slot) {
    return replaced.contains(slot);
  }

  /** The networks that the stage runs. */
  public List<Network> networks() {
    return networks;
  }

  /**
   * The grid on which what the stage writes lies; see {@link Stage#grid}.
   *
   * @param known the grid of each slot that the stage reads
   * @throws IllegalArgumentException if the grids of its inputs do not fit
   */
  public Grid grid(Function<Slot<?>, Grid> known) {
    return stage.grid(new Grids(reads(), known));
  }

  /**
   * Runs the stage on a case and records how long it took; or, if a slot that it cannot do without
   * is absent, marks what it would have written as absent and records nothing.
   *
   * @throws IllegalStateException if nothing was written yet to a slot that the stage reads
   * @throws RuntimeException as the stage throws it
   */
  public void run(Case c) {
    if (required.stream().anyMatch(slot -> c.find(slot).isEmpty())) {
      written.forEach(slot -> markAbsent(c, slot));
      return;
    }
    double start = c.secondsSinceMade();
    stage.run(c);
    String output = written.stream().map(Slot::name).collect(Collectors.joining(","));
    c.record(new StageRun(name(), output, start, c.secondsSinceMade() - start));
  }

  private void markAbsent(Case c, Slot<?> slot) {
    if (replaces(slot)) {
      c.replaceByAbsent(slot);
    } else {
      c.markAbsent(slot);
    }
  }
}
