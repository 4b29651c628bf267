package org.islet.diagram;

import java.util.List;
import java.util.Optional;
import org.islet.plan.Part;
import org.islet.plan.RoutePlan;
import org.islet.plan.Step;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedPseudograph;

/**
 * The directed graph of what a route consists of: an arrow leads from each stage to the slots that
 * it writes, from each slot to the stages and conditions that read it, and from a condition to what
 * begins where it holds.
 */
final class SlotGraph {

  /** Where an arrow begins or ends. */
  sealed interface Node {

    /** A slot, whoever writes it. */
    record OfSlot(String name) implements Node {}

    /** A step; another for each call of the route that it is in. */
    record OfStep(Step step) implements Node {}

    /**
     * A condition or a loop.
     *
     * @param number counts them in the order in which they are written, calls written out
     */
    record OfTest(int number, Location location, String words) implements Node {}
  }

  /** An arrow. Two are the same only if they are one object. */
  static final class Arrow {
    private final Meaning meaning;

    private Arrow(Meaning meaning) {
      this.meaning = meaning;
    }

    Meaning meaning() {
      return meaning;
    }
  }

  /** What an arrow means. */
  enum Meaning {
    /** What is behind it reads or writes the slot at its other end. */
    DATA,
    /** What is behind it begins where the condition holds. */
    HOLDS,
    /** What is behind it begins where the condition does not hold. */
    OTHERWISE,
    /** What is behind it begins with each pass. */
    PASS,
    /** What is behind it begins where a stage of the same doTry fails. */
    FAILURE
  }

  private final Graph<Node, Arrow> graph = new DirectedPseudograph<>(Arrow.class);
  private int tests;

  /** The graph of a route and of all that it calls. */
  SlotGraph(RoutePlan plan) {
    graph.addVertex(new Node.OfSlot(Case.CT.name()));
    add(plan.root());
  }

  Graph<Node, Arrow> graph() {
    return graph;
  }

  /** Adds a part, and tells with which nodes it begins. */
  private List<Node> add(Part part) {
    if (part instanceof Step step) {
      return List.of(add(step));
    } else if (part instanceof Part.Series series) {
      return add(series);
    } else if (part instanceof Part.Parallel parallel) {
      return parallel.branches().stream().flatMap(branch -> add(branch).stream()).toList();
    } else if (part instanceof Part.Choice choice) {
      return add(choice);
    } else if (part instanceof Part.Loop loop) {
      Node test = test(loop.written().location(), loop.words(), conditionOf(loop));
      add(loop.body()).forEach(node -> connect(test, node, Meaning.PASS));
      return List.of(test);
    }
    if (part instanceof Part.HandOff) {
      return List.of();
    }
    Part.Try attempt = (Part.Try) part;
    List<Node> begun = add(attempt.body());
    List<Node> rescue = add(attempt.rescue());
    begun.forEach(node -> rescue.forEach(other -> connect(node, other, Meaning.FAILURE)));
    return begun;
  }

  private static List<Slot<?>> conditionOf(Part.Loop loop) {
    return loop.written().condition().map(Condition::slots).orElse(List.of());
  }

  private Node add(Step step) {
    Node node = new Node.OfStep(step);
    graph.addVertex(node);
    step.reads().stream().distinct().forEach(slot -> connect(slot(slot), node, Meaning.DATA));
    step.writes().stream().distinct().forEach(slot -> connect(node, slot(slot), Meaning.DATA));
    return node;
  }

  /** Adds all parts; the first that has any nodes tells with which it begins. */
  private List<Node> add(Part.Series series) {
    List<Node> begun = List.of();
    for (Part part : series.parts()) {
      List<Node> next = add(part);
      begun = begun.isEmpty() ? next : begun;
    }
    return begun;
  }

  /** Adds the conditions, each reached where that before it does not hold. */
  private List<Node> add(Part.Choice choice) {
    List<Node> begun = List.of();
    Optional<Node> before = Optional.empty();
    for (Part.Choice.Alternative alternative : choice.alternatives()) {
      Condition condition = alternative.condition();
      Node test = test(alternative.location(), "if " + condition.text(), condition.slots());
      before.ifPresent(node -> connect(node, test, Meaning.OTHERWISE));
      add(alternative.part()).forEach(node -> connect(test, node, Meaning.HOLDS));
      begun = begun.isEmpty() ? List.of(test) : begun;
      before = Optional.of(test);
    }
    List<Node> last = choice.otherwise().map(this::add).orElse(List.of());
    before.ifPresent(test -> last.forEach(node -> connect(test, node, Meaning.OTHERWISE)));
    return begun.isEmpty() ? last : begun;
  }

  private Node test(Location location, String words, List<Slot<?>> reads) {
    Node test = new Node.OfTest(tests++, location, words);
    graph.addVertex(test);
    reads.forEach(slot -> connect(slot(slot), test, Meaning.DATA));
    return test;
  }

  private Node slot(Slot<?> slot) {
    Node node = new Node.OfSlot(slot.name());
    graph.addVertex(node);
    return node;
  }

  private void connect(Node from, Node to, Meaning meaning) {
    graph.addEdge(from, to, new Arrow(meaning));
  }
}
