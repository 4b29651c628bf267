package org.islet.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.islet.stage.Slot;
import org.islet.volume.Mask;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;

/**
 * The steps of a segmentation route as a directed graph: an edge leads from a step to each one that
 * runs directly after it; branches that run in parallel are not connected.
 */
public final class RoutePlan {

  /** The slot whose mask is the route's result. */
  public static final Slot<Mask> RESULT = new Slot<>("mask", Mask.class);

  private final Location location;
  private final DirectedAcyclicGraph<Step, DefaultEdge> graph =
      new DirectedAcyclicGraph<>(DefaultEdge.class);

  /**
   * @param location of the route itself
   */
  public RoutePlan(Location location) {
    this.location = location;
  }

  /**
   * Adds a step that runs when all of some earlier steps have ended.
   *
   * @throws IllegalArgumentException if one of those was not added
   */
  public void add(Step step, Collection<Step> after) {
    graph.addVertex(step);
    after.forEach(before -> graph.addEdge(before, step));
  }

  /** The steps in an order in which they may run. */
  public List<Step> order() {
    List<Step> steps = new ArrayList<>();
    graph.iterator().forEachRemaining(steps::add);
    return steps;
  }

  /**
   * What is wrong: slots read that no step before writes, of another type than is wanted, or
   * written twice; a result that is never written. Takes time in proportion to steps times edges.
   */
  public List<Problem> problems() {
    return new SlotChecks(this).problems();
  }

  Location location() {
    return location;
  }

  /** All steps that have ended when a step starts. Takes time in proportion to the edges. */
  Set<Step> before(Step step) {
    return graph.getAncestors(step);
  }
}
