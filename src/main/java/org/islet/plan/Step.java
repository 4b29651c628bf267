package org.islet.plan;

import java.util.List;
import java.util.Map;
import org.islet.stage.BoundStage;
import org.islet.stage.Network;
import org.islet.stage.Slot;

/**
 * A step of a route, and the choices under which it runs. Two steps are the same only if they are
 * one object: a route may hold the same stage with the same options twice.
 */
public final class Step {

  private final String stage;
  private final List<Slot<?>> reads;
  private final List<Slot<?>> writes;
  private final List<String> models;
  private final Location location;
  private final Map<Object, Integer> alternatives;

  /**
   * @param models by id
   * @param alternatives for each choice around the step, which of its alternatives the step is in
   */
  public Step(
      String stage,
      List<Slot<?>> reads,
      List<Slot<?>> writes,
      List<String> models,
      Location location,
      Map<Object, Integer> alternatives) {
    this.stage = stage;
    this.reads = List.copyOf(reads);
    this.writes = List.copyOf(writes);
    this.models = List.copyOf(models);
    this.location = location;
    this.alternatives = Map.copyOf(alternatives);
  }

  /** The step that runs a stage. */
  public static Step of(BoundStage stage, Location location, Map<Object, Integer> alternatives) {
    return new Step(
        stage.name(),
        stage.reads(),
        stage.writes(),
        stage.networks().stream().map(Network::id).toList(),
        location,
        alternatives);
  }

  /** Whether some choice lets only one of the two steps run. */
  boolean excludes(Step other) {
    return alternatives.entrySet().stream()
        .anyMatch(
            e -> {
              Integer theirs = other.alternatives.get(e.getKey());
              return theirs != null && !theirs.equals(e.getValue());
            });
  }

  /** The stage's name. */
  public String stage() {
    return stage;
  }

  /** The slots that the step reads. */
  public List<Slot<?>> reads() {
    return reads;
  }

  /** The slots that the step writes. */
  public List<Slot<?>> writes() {
    return writes;
  }

  /** The models that the step runs, by id ({@code name/version}). */
  public List<String> models() {
    return models;
  }

  /** Where the step is written. */
  public Location location() {
    return location;
  }
}
