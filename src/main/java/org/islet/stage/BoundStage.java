package org.islet.stage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.islet.stage.StageDescription.Jar;
import org.islet.volume.Volume;

/** A stage made for one step of a route, with its slots. */
public final class BoundStage {

  private final StageDescription description;
  private final Stage stage;
  private final Ports ports;
  private final List<Network> networks;
  private final NetworkOptions running;

  /**
   * @param running how the stage's networks run
   */
  BoundStage(
      StageDescription description,
      Stage stage,
      Ports ports,
      List<Network> networks,
      NetworkOptions running) {
    this.description = description;
    this.stage = stage;
    this.ports = ports;
    this.networks = networks;
    this.running = running;
  }

  /** The stage's name. */
  public String name() {
    return description.name();
  }

  /** The jar that the stage is from; nothing for Islet's own. */
  public Optional<Jar> jar() {
    return description.jar();
  }

  /** The slots that the stage reads, and those that it writes. */
  public Ports ports() {
    return ports;
  }

  /** The networks that the stage runs. */
  public List<Network> networks() {
    return networks;
  }

  /** Whether the route wants its networks to run on a GPU, and on nothing else. */
  public boolean needsGpu() {
    return running.needsGpu();
  }

  /**
   * The grid on which what the stage writes lies; see {@link Stage#grid}.
   *
   * @param known the grid of each slot that the stage reads
   * @throws IllegalArgumentException if the grids of its inputs do not fit, or the stage cannot say
   */
  public Grid grid(Function<Slot<?>, Grid> known) {
    try {
      Grid grid = stage.grid(new Grids(ports.reads(), known));
      return Objects.requireNonNull(grid, "it names none");
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException | Error e) { // of a stage of others
      throw new IllegalArgumentException(
          "the stage cannot say on which grid it writes (%s).".formatted(CauseText.of(e)), e);
    }
  }

  /**
   * Runs the stage on a case and records how long it took, and the models that it ran; or, if a
   * slot that it cannot do without is absent, marks what it would have written as absent and
   * records nothing. It can do without those of a list. Warns of volumes that it reads and that are
   * strange for one of its networks.
   *
   * @throws IllegalStateException if nothing was written yet to a slot that the stage reads, or the
   *     stage reads or writes a slot that it does not declare, or leaves one that it declares
   *     unwritten
   * @throws RuntimeException as the stage throws it
   */
  public void run(Case c) {
    if (ports.required().stream().anyMatch(slot -> c.find(slot).isEmpty())) {
      ports.writes().forEach(slot -> markAbsent(c, slot));
      return;
    }
    double start = c.secondsSinceMade();
    warnOfStrangeVolumes(c);
    stage.run(c.with(ports));
    requireAllWritten(c);
    networks.forEach(network -> c.recordModel(network.id()));
    String output = ports.writes().stream().map(Slot::name).collect(Collectors.joining(","));
    c.record(new StageRun(name(), output, start, c.secondsSinceMade() - start));
  }

  private void warnOfStrangeVolumes(Case c) {
    for (Network network : networks) {
      ports.reads().stream()
          .filter(slot -> slot.type() == Volume.class)
          .flatMap(slot -> c.find(slot).stream())
          .flatMap(volume -> network.strangeness((Volume) volume).stream())
          .forEach(c::warn);
    }
  }

  private void requireAllWritten(Case c) {
    for (Slot<?> slot : ports.writes()) {
      if (!c.isWritten(slot)) {
        throw new IllegalStateException(
            "Nothing was written to the slot '%s'; write a %s, or mark it absent."
                .formatted(slot.name(), slot.type().getSimpleName()));
      }
    }
  }

  private void markAbsent(Case c, Slot<?> slot) {
    if (ports.replaces().contains(slot)) {
      c.replaceByAbsent(slot);
    } else {
      c.markAbsent(slot);
    }
  }
}
