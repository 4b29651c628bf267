package org.islet.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.islet.route.Location;
import org.islet.route.Option;
import org.islet.route.RouteStep.ToStage;
import org.islet.stage.Binding;
import org.islet.stage.BoundStage;
import org.islet.stage.Grid;
import org.islet.stage.Network;
import org.islet.stage.Slot;

/**
 * A step of a route at which a stage runs. Two steps are the same only if they are one object: a
 * route may hold the same stage with the same options twice.
 */
public final class Step implements Part {

  private final ToStage written;
  private final List<Location> calls;
  private final Binding binding;

  /**
   * @param calls where the routes are called that lead to the step, the outermost first
   */
  Step(ToStage written, List<Location> calls, Binding binding) {
    this.written = written;
    this.calls = calls;
    this.binding = binding;
  }

  /** The stage's name. */
  public String name() {
    return written.name();
  }

  /** As the route's file has it. */
  public ToStage written() {
    return written;
  }

  /** The stage that runs; nothing if something is wrong with the step. */
  public Optional<BoundStage> stage() {
    return binding.stage();
  }

  /** Where the routes are called that lead to the step, the outermost first. */
  List<Location> calls() {
    return calls;
  }

  /**
   * The grid on which what the step writes lies, if what is wrong with it is mended as is likely.
   *
   * @param known the grid of each slot that it reads
   * @throws IllegalArgumentException as {@link BoundStage#grid} does
   */
  Grid grid(Function<Slot<?>, Grid> known) {
    return binding.likely().map(likely -> likely.grid(known)).orElse(Grid.UNKNOWN);
  }

  /** Whether values of the step are guesses, so that its grids are too. */
  boolean isGuess() {
    return binding.guessed();
  }

  /** Whether nothing is known of what the step was meant to write. */
  boolean isRiddle() {
    return stage().isEmpty() && writes().isEmpty();
  }

  /** The slots that the step reads. */
  public List<Slot<?>> reads() {
    return binding.ports().reads();
  }

  /** The slots that the step writes. */
  public List<Slot<?>> writes() {
    return binding.ports().writes();
  }

  /** Those of the slots it writes that must have been written before, and get a new value. */
  public List<Slot<?>> replaces() {
    return binding.ports().replaces();
  }

  /** The options that name no slots, with their values, as the route gives them. */
  public Map<String, String> parameters() {
    return binding.ports().parameters();
  }

  /** The networks that the step runs. */
  public List<Network> networks() {
    return stage().map(BoundStage::networks).orElse(List.of());
  }

  /** Whether its networks may run on a GPU alone. */
  public boolean needsGpu() {
    return stage().map(BoundStage::needsGpu).orElse(false);
  }

  /** Where the step is written. */
  public Location location() {
    return written.location();
  }

  /** Where the option that names a slot is written, or else the step. */
  Location placeOf(String slot) {
    return written.options().values().stream()
        .filter(option -> List.of(option.value().split(",")).contains(slot))
        .map(Option::location)
        .findFirst()
        .orElse(location());
  }

  @Override
  public void addReads(Set<String> names) {
    reads().forEach(slot -> names.add(slot.name()));
  }

  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public Stream<Step> steps() {
    return Stream.of(this);
  }

  @Override
  public long mostRuns() {
    return 1;
  }

  @Override
  public String toString() {
    return "the stage '%s' (%s)".formatted(name(), location());
  }
}
