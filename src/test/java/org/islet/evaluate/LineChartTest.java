package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.islet.evaluate.LineChart.Panel;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LineChartTest {

  private static final double LEFT = 70;
  private static final double TOP = 34;
  private static final double WIDTH = 520;
  private static final double HEIGHT = 200;

  private static NavigableMap<Integer, Double> curve(double... values) {
    NavigableMap<Integer, Double> curve = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      curve.put(i + 1, values[i]);
    }
    return curve;
  }

  private static List<Element> all(String svg, String tag) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    NodeList nodes = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static String svg(Map<String, List<NavigableMap<Integer, Double>>> curves) {
    return LineChart.svg(List.of(new Panel("t", curves)), "epoch");
  }

  @Test
  void values_lie_where_the_axes_say() throws Exception {
    // From 0 to 4 epochs, and from 0 to 0.8.
    String svg = svg(Map.of("a", List.of(curve(0, 0.2, 0.4, 0.8))));
    assertEquals(
        "%.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f"
            .formatted(
                LEFT + WIDTH / 4,
                TOP + HEIGHT,
                LEFT + WIDTH / 2,
                TOP + 0.75 * HEIGHT,
                LEFT + 0.75 * WIDTH,
                TOP + HEIGHT / 2,
                LEFT + WIDTH,
                TOP),
        all(svg, "polyline").get(0).getAttribute("points"));
  }

  @Test
  void several_curves_of_a_name_are_thin_and_their_mean_thick_in_one_colour() throws Exception {
    Map<String, List<NavigableMap<Integer, Double>>> curves = new LinkedHashMap<>();
    curves.put("one", List.of(curve(0.5, 0.6)));
    curves.put("two", List.of(curve(0.1, 0.2, 0.3), curve(0.3, 0.4)));
    List<Element> lines = all(svg(curves), "polyline");
    assertEquals(
        List.of("2.0", "0.5", "0.5", "2.0"),
        lines.stream().map(l -> l.getAttribute("stroke-width")).toList());
    assertEquals(lines.get(1).getAttribute("stroke"), lines.get(3).getAttribute("stroke"));
    assertEquals(2, lines.stream().map(l -> l.getAttribute("stroke")).distinct().count());
    assertEquals(
        2, lines.get(3).getAttribute("points").split(" ", -1).length, "as far as both reach");
    List<String> texts = all(svg(curves), "text").stream().map(Element::getTextContent).toList();
    assertTrue(texts.containsAll(List.of("t", "epoch", "one", "two")), texts::toString);
  }

  @Test
  void the_mean_is_taken_where_all_curves_have_a_value() {
    NavigableMap<Integer, Double> mean =
        LineChart.mean(List.of(curve(0.25, 0.5, 1), curve(0.75, 1.5)));
    assertEquals(Map.of(1, 0.5, 2, 1.0), mean);
  }

  @Test
  void a_single_value_is_a_dot_and_one_that_is_no_number_is_left_out() throws Exception {
    String svg = svg(Map.of("a", List.of(curve(0.5, Double.NaN))));
    assertEquals(1, all(svg, "circle").size());
    assertTrue(!svg.contains("NaN"), svg);
  }

  @Test
  void panels_lie_below_each_other_with_axes_of_their_own() throws Exception {
    String svg =
        LineChart.svg(
            List.of(
                new Panel("first", Map.of("a", List.of(curve(1, 2)))),
                new Panel("second", Map.of("b", List.of(curve(100, 200))))),
            "epoch");
    List<String> texts = all(svg, "text").stream().map(Element::getTextContent).toList();
    assertTrue(texts.containsAll(List.of("first", "second", "2.0", "200")), texts::toString);
    Element last = all(svg, "polyline").get(1);
    double y = Double.parseDouble(last.getAttribute("points").split("[ ,]", -1)[3]);
    assertEquals(TOP + HEIGHT + 50 + TOP, y, 0.06);
  }
}
