package org.islet.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.route.RouteStep;
import org.islet.stage.BoundStage;
import org.islet.stage.Grid;
import org.islet.stage.Network;
import org.islet.stage.Precision;
import org.islet.stage.Slot;
import org.islet.stage.StageDescription.Jar;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;

/**
 * A segmentation route with all that it calls: its steps and how they follow each other, and what
 * is wrong with them.
 */
public final class RoutePlan {

  /**
   * What a step writes, wherever the route that the step is written in is called from.
   *
   * @param step as the route's file has it
   */
  record Output(RouteStep.ToStage step, String slot) {}

  /** The slot whose mask is the route's result. */
  public static final Slot<Mask> RESULT = new Slot<>("mask", Mask.class);

  private final String name;
  private final Location location;
  private final Part root;
  private final Set<String> calls;
  private final Set<String> mentioned;
  private final SlotFlow flow;
  private final int channels;

  /**
   * @param location where the route is written
   * @param calls the routes that it calls, itself among them
   * @param ct the grid of the CT
   * @param entry whether cases are sent to the route, so that it has to leave a result
   * @param mentioned the words in steps that could not be read, slots among them
   */
  RoutePlan(
      String name,
      Location location,
      Part root,
      Set<String> calls,
      Grid ct,
      boolean entry,
      Set<String> mentioned) {
    this.name = name;
    this.location = location;
    this.root = root;
    this.calls = calls;
    this.mentioned = mentioned;
    this.flow = new SlotFlow(root, location, ct, entry, mentioned);
    this.channels = mostChannels(root);
  }

  /** The name that cases are sent to. */
  public String name() {
    return name;
  }

  /** Where the route is written. */
  public Location location() {
    return location;
  }

  /** The steps and how they follow each other. */
  public Part root() {
    return root;
  }

  /** The names of the routes that it consists of: itself, and those that it calls. */
  public Set<String> calls() {
    return calls;
  }

  /** The steps in the order in which they are written, which is one in which they may run. */
  public List<Step> order() {
    return root.steps().toList();
  }

  /** What is wrong with how slots are written and read, in no order. */
  List<Problem> problems() {
    return flow.problems();
  }

  /** What something of the route reads. */
  Set<Output> used() {
    return flow.used();
  }

  /**
   * The slots that may be read though no step reads them: those that were named as what somebody
   * who misspelt another may have meant, and those that steps mention which cannot be read.
   */
  Set<String> perhapsUsed() {
    Set<String> slots = new HashSet<>(mentioned);
    slots.addAll(flow.hinted());
    return slots;
  }

  /** What a step takes on a CT of the size that the route was planned for. */
  public StepCost costOf(Step step) {
    return StepCost.of(step, flow.gridOf(step), channels);
  }

  private static int mostChannels(Part root) {
    return root.steps()
        .flatMap(step -> step.networks().stream())
        .mapToInt(Network::channels)
        .max()
        .orElse(1);
  }

  /** What the route takes on a CT of the size that it was planned for. */
  public RouteCost cost() {
    return cost(flow);
  }

  /**
   * What the route takes on any CT; boxes are reckoned as around a pancreas.
   *
   * @param ct the grid of the CT
   */
  public RouteCost costOn(Geometry ct) {
    return cost(new SlotFlow(root, location, Grid.ofCt(ct), true, mentioned));
  }

  private RouteCost cost(SlotFlow onCt) {
    return RouteCost.of(root, step -> StepCost.of(step, onCt.gridOf(step), channels));
  }

  /**
   * The slots that are as if never written at the start of each pass of a loop, and where a stage
   * inside a doTry has failed; by the loop or the doTry.
   */
  public Map<RouteStep, Set<String>> forgotten() {
    return flow.forgotten();
  }

  /** Where the case is handed over, in order. */
  public List<Part.HandOff> handOffs() {
    return root.parts().stream()
        .filter(Part.HandOff.class::isInstance)
        .map(Part.HandOff.class::cast)
        .toList();
  }

  /** The slots that go with a case where it is handed over, by name. */
  public Set<String> handedOn(Part.HandOff handOff) {
    List<Part> steps = root.parts();
    return HandOffRules.needed(
        steps.subList(steps.indexOf(handOff) + 1, steps.size()), flow.handOffs().get(handOff));
  }

  /** The slots that its steps may write, each once. */
  public List<Slot<?>> slots() {
    return order().stream()
        .map(Step::writes)
        .<Slot<?>>flatMap(Collection::stream)
        .distinct()
        .toList();
  }

  /** The jars that its stages are from, beside Islet's own, each once. */
  public List<Jar> jars() {
    return order().stream()
        .flatMap(step -> step.stage().flatMap(BoundStage::jar).stream())
        .distinct()
        .toList();
  }

  /** The precisions in which its steps run a model, in order. */
  public SortedSet<Precision> precisions(String model) {
    return order().stream()
        .flatMap(step -> step.networks().stream())
        .filter(network -> network.id().equals(model))
        .map(Network::precision)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The models that its steps may run, by id ({@code name/version}), each once. */
  public List<String> models() {
    return order().stream()
        .flatMap(step -> step.networks().stream())
        .map(Network::id)
        .distinct()
        .toList();
  }
}
