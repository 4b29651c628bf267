package org.islet.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.diagram.SlotGraph.Arrow;
import org.islet.diagram.SlotGraph.Meaning;
import org.islet.diagram.SlotGraph.Node;
import org.islet.picture.DrawnShapes;
import org.islet.plan.MarkedRoutes;
import org.islet.plan.RandomRoute;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.plan.Step;
import org.islet.route.RouteFile;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotGraphTest {

  private static final RouteFile SMALL =
      RouteFile.parse(
          "folder/small.yaml",
          """
          - route:
              from:
                uri: direct:small
                steps:
                  - to: stage:threshold?min=50&output=soft
                  - filter:
                      language:
                        language: slots
                        expression: soft is not empty
                      steps:
                        - log: there is something
                  - to: stage:largest-component?input=soft&output=mask
          """);

  @Test
  void the_graph_of_a_small_route_in_the_language_of_graphviz() {
    assertEquals(
        """
        digraph "small" {
          n0 [ shape="ellipse" label="ct" style="filled" color="#0550ae" fillcolor="#ddf4ff" fontcolor="#0550ae" peripheries="1" ];
          n1 [ shape="box" label="threshold\\nline 5" ];
          n2 [ shape="ellipse" label="soft" style="filled" color="#a63603" fillcolor="#fff1e5" fontcolor="#a63603" peripheries="1" ];
          n3 [ shape="hexagon" label="if soft is not empty\\nline 6" ];
          n4 [ shape="box" label="largest-component\\nline 12" ];
          n5 [ shape="ellipse" label="mask" style="filled" color="#a63603" fillcolor="#fff1e5" fontcolor="#a63603" peripheries="2" ];
          n0 -> n1 [ style="solid" ];
          n1 -> n2 [ style="solid" ];
          n2 -> n3 [ style="solid" ];
          n2 -> n4 [ style="solid" ];
          n4 -> n5 [ style="solid" ];
        }
        """,
        SlotDot.text(Pictures.plan(SMALL)));
  }

  @Test
  void arrows_lead_from_who_writes_a_slot_and_to_who_reads_it() {
    RoutePlan plan = Pictures.plan("choice-in-loop-in-multicast");
    assertEquals(List.of("paste 30", "union 41", "largest-component 45"), writers(plan, "found"));
    assertEquals(List.of("compare 46", "carry 47"), readers(plan, "found"));
    assertEquals(List.of("smooth 10", "carry 47"), writers(plan, "current"));
    assertEquals(List.of(), readers(plan, "touches")); // a condition alone
    assertEquals(List.of(), writers(plan, "ct"));
  }

  private static List<String> writers(RoutePlan plan, String slot) {
    return steps(Graphs.predecessorListOf(graph(plan), new Node.OfSlot(slot)));
  }

  private static List<String> readers(RoutePlan plan, String slot) {
    return steps(Graphs.successorListOf(graph(plan), new Node.OfSlot(slot)));
  }

  private static Graph<Node, Arrow> graph(RoutePlan plan) {
    return new SlotGraph(plan).graph();
  }

  /** The names and lines of those that are steps. */
  private static List<String> steps(List<Node> nodes) {
    return nodes.stream()
        .filter(Node.OfStep.class::isInstance)
        .map(node -> ((Node.OfStep) node).step())
        .map(step -> step.name() + " " + step.location().line())
        .toList();
  }

  @Test
  void arrows_tell_when_what_is_behind_them_begins() {
    String choice = SlotDot.text(Pictures.plan("choice-in-loop-in-multicast"));
    assertEquals(2, count(choice, "label=\"if so\""));
    assertEquals(2, count(choice, "label=\"otherwise\""));
    assertEquals(2, count(choice, "label=\"each pass\""));
    String rescue = SlotDot.text(Pictures.plan("rescue"));
    assertEquals(2, count(rescue, "label=\"if a stage fails\""));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void a_line_of_another_file_has_that_files_own_name() {
    RoutePlans plans =
        MarkedRoutes.plans(
            RouteFile.parse(
                "a/entry.yaml",
                """
                - route:
                    from:
                      uri: direct:entry
                      steps:
                        - to: direct:other
                        - to: stage:largest-component?input=soft&output=mask
                """),
            RouteFile.parse(
                "/home/somebody/\\\"odd\".yaml",
                """
                - route:
                    from:
                      uri: direct:other
                      steps:
                        - to: stage:threshold?min=50&output=soft
                """));
    String dot = SlotDot.text(plans.get("entry"));
    assertTrue(dot.contains("label=\"threshold\\n\\\"odd\\\".yaml, line 5\""), dot);
    assertTrue(dot.contains("label=\"largest-component\\nline 6\""), dot);
  }

  static List<Path> bad() {
    return MarkedRoutes.in("bad");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void a_route_with_mistakes_has_a_graph_of_what_is_understood(Path file) {
    for (RoutePlan plan : MarkedRoutes.plans(RouteFile.read(file)).entries().values()) {
      long steps = graph(plan).vertexSet().stream().filter(Node.OfStep.class::isInstance).count();
      assertEquals(plan.order().size(), steps);
    }
  }

  @Test
  void a_choice_without_alternatives_begins_with_its_last_resort() {
    RouteFile file =
        RouteFile.parse(
            "empty.yaml",
            """
            - route:
                from:
                  uri: direct:empty
                  steps:
                    - loop:
                        constant: 2
                        steps:
                          - choice:
                              otherwise:
                                steps:
                                  - to: stage:threshold?min=50&output=mask
            """);
    RoutePlan plan = MarkedRoutes.plans(file).get("empty");
    assertTrue(SlotDot.text(plan).contains("n1 -> n2 [ style=\"dashed\" label=\"each pass\" ];"));
    new DrawnShapes(RoutePicture.svg(plan)).assertNothingOverlaps();
  }

  @ParameterizedTest
  @ValueSource(strings = {"choice-in-loop-in-multicast", "rescue", "long-names"})
  void graphviz_reads_it(String file) throws Exception {
    assertReadByGraphviz(Pictures.plan(file));
  }

  @Test
  void graphviz_reads_the_bundled_route() throws Exception {
    assertReadByGraphviz(Pictures.plan(RouteFile.read(Path.of("routes/pancreas-two-stage.yaml"))));
  }

  private static void assertReadByGraphviz(RoutePlan plan)
      throws IOException, InterruptedException {
    assumeTrue(isInstalled(), "there is no program 'dot' (Debian: graphviz)");
    Process dot = new ProcessBuilder("dot", "-Tplain").redirectErrorStream(true).start();
    dot.getOutputStream().write(SlotDot.text(plan).getBytes(StandardCharsets.UTF_8));
    dot.getOutputStream().close();
    String answer = new String(dot.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, dot.waitFor(), answer);
    Graph<Node, Arrow> graph = graph(plan);
    assertEquals(
        graph.vertexSet().size(), answer.lines().filter(l -> l.startsWith("node ")).count());
    assertEquals(graph.edgeSet().size(), answer.lines().filter(l -> l.startsWith("edge ")).count());
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("dot", "-V").redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Property(tries = 100)
  void holds_each_step_once_with_its_slots(
      @ForAll long seed, @ForAll @IntRange(max = 40) int steps) {
    RoutePlan plan = RandomRoute.plan(seed, steps);
    Graph<Node, Arrow> graph = graph(plan);
    for (Step step : plan.order()) {
      Node node = new Node.OfStep(step);
      step.reads().forEach(s -> assertTrue(graph.containsEdge(new Node.OfSlot(s.name()), node)));
      step.writes().forEach(s -> assertTrue(graph.containsEdge(node, new Node.OfSlot(s.name()))));
    }
    long data =
        plan.order().stream()
            .mapToLong(s -> s.reads().stream().distinct().count() + s.writes().size())
            .sum();
    long drawn =
        graph.edgeSet().stream()
            .filter(arrow -> arrow.meaning() == Meaning.DATA)
            .filter(arrow -> !(graph.getEdgeTarget(arrow) instanceof Node.OfTest))
            .count();
    assertEquals(data, drawn);
    assertEquals(SlotDot.text(plan), SlotDot.text(RandomRoute.plan(seed, steps)));
  }
}
