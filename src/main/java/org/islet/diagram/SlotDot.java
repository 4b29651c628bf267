package org.islet.diagram;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.islet.diagram.SlotGraph.Arrow;
import org.islet.diagram.SlotGraph.Node;
import org.islet.plan.RoutePlan;
import org.islet.plan.Step;
import org.islet.route.Location;
import org.islet.stage.Case;
import org.jgrapht.Graph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.dot.DOTExporter;

/**
 * Writes the graph of a route's slots in DOT, the language of Graphviz: stages are boxes, slots
 * ellipses in the colours of {@link SlotKind}, conditions hexagons.
 */
public final class SlotDot {

  private final RoutePlan plan;
  private final Graph<Node, Arrow> graph;
  private final Map<Node, String> ids = new HashMap<>();
  private final Map<String, SlotKind> kinds = new HashMap<>();

  private SlotDot(RoutePlan plan) {
    this.plan = plan;
    this.graph = new SlotGraph(plan).graph();
    graph.vertexSet().forEach(node -> ids.put(node, "n" + ids.size()));
    kinds.put(Case.CT.name(), SlotKind.of(Case.CT));
    for (Step step : plan.order()) {
      Stream.concat(step.writes().stream(), step.reads().stream())
          .forEach(slot -> kinds.putIfAbsent(slot.name(), SlotKind.of(slot)));
    }
  }

  /** The graph of a route and of all that it calls; the same text on every machine. */
  public static String text(RoutePlan plan) {
    return new SlotDot(plan).write();
  }

  private String write() {
    DOTExporter<Node, Arrow> exporter = new DOTExporter<>(ids::get);
    exporter.setGraphIdProvider(() -> '"' + plan.name() + '"');
    exporter.setVertexAttributeProvider(this::nodeAttributes);
    exporter.setEdgeAttributeProvider(SlotDot::arrowAttributes);
    StringWriter out = new StringWriter();
    exporter.exportGraph(graph, out);
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  private Map<String, Attribute> nodeAttributes(Node node) {
    if (node instanceof Node.OfSlot slot) {
      SlotKind kind = kinds.getOrDefault(slot.name(), SlotKind.OTHER);
      boolean result = slot.name().equals(RoutePlan.RESULT.name());
      return map(
          "shape", "ellipse",
          "label", slot.name(),
          "style", "filled",
          "color", kind.dark(),
          "fillcolor", kind.light(),
          "fontcolor", kind.dark(),
          "peripheries", result ? "2" : "1");
    } else if (node instanceof Node.OfTest test) {
      return map("shape", "hexagon", "label", test.words() + "\\n" + place(test.location()));
    }
    Step step = ((Node.OfStep) node).step();
    return map("shape", "box", "label", step.name() + "\\n" + place(step.location()));
  }

  private static Map<String, Attribute> arrowAttributes(Arrow arrow) {
    return switch (arrow.meaning()) {
      case DATA -> map("style", "solid");
      case HOLDS -> map("style", "dashed", "label", "if so");
      case OTHERWISE -> map("style", "dashed", "label", "otherwise");
      case PASS -> map("style", "dashed", "label", "each pass");
      case FAILURE -> map("style", "dashed", "label", "if a stage fails", "color", "#cf222e");
    };
  }

  /** The line, and the file's own name where it is not that of the route. */
  private String place(Location location) {
    String line = "line " + location.line();
    if (location.file().equals(plan.location().file())) {
      return line;
    }
    String name = location.file().replaceFirst(".*[/\\\\]", "");
    return name.replaceAll("[\\p{Cntrl}\\\\]", "_") + ", " + line;
  }

  private static Map<String, Attribute> map(String... namesAndValues) {
    Map<String, Attribute> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], DefaultAttribute.createAttribute(namesAndValues[i + 1]));
    }
    return map;
  }
}
