package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BoxPlotTest {

  /** The plot's left edge for names of one letter. */
  private static final double LEFT = 2 * 16 + 7;

  private static final double WIDTH = 560;

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> all(Document svg, String tag) {
    NodeList nodes = svg.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void the_box_goes_from_quartile_to_quartile_with_whiskers_and_a_dot_beyond_them()
      throws Exception {
    // Quartiles 2 and 4, median 3: whiskers reach to values within −1…7, so 10 stands alone.
    // The axis goes from 0 to 10 in steps of 2.
    Document svg = parse(BoxPlot.svg("t", Map.of("a", new double[] {10, 0, 2, 3, 4}), ""));
    Element box = all(svg, "rect").get(1);
    assertEquals(LEFT + WIDTH * 0.2, number(box, "x"), 0.06);
    assertEquals(WIDTH * 0.2, number(box, "width"), 0.11);
    List<Element> lines =
        all(svg, "line").stream().filter(l -> l.getAttribute("stroke").equals("black")).toList();
    assertEquals(LEFT, number(lines.get(0), "x1"), 0.06);
    assertEquals(LEFT + WIDTH * 0.4, number(lines.get(0), "x2"), 0.06);
    assertEquals(LEFT + WIDTH * 0.3, number(lines.get(1), "x1"), 0.06);
    Element dot = all(svg, "circle").get(0);
    assertEquals(LEFT + WIDTH, number(dot, "cx"), 0.06);
  }

  @Test
  void the_axis_has_round_numbers_around_all_values() throws Exception {
    Map<String, double[]> groups = new LinkedHashMap<>();
    groups.put("a", new double[] {0.31, 0.42});
    groups.put("b", new double[] {0.58, Double.NaN});
    List<String> texts =
        all(parse(BoxPlot.svg("t", groups, "n")), "text").stream()
            .map(Element::getTextContent)
            .toList();
    assertEquals(
        List.of("t", "0.30", "0.35", "0.40", "0.45", "0.50", "0.55", "0.60", "a", "b", "n"), texts);
  }

  @Test
  void a_single_value_and_a_group_without_values_are_drawn_too() throws Exception {
    Map<String, double[]> groups = new LinkedHashMap<>();
    groups.put("a", new double[] {80});
    groups.put("b", new double[] {Double.NaN});
    assertEquals(2, all(parse(BoxPlot.svg("t", groups, "")), "rect").size());
    assertEquals(1, all(parse(BoxPlot.svg("t", Map.of("b", new double[0]), "")), "rect").size());
  }

  @Test
  void what_is_written_is_escaped() throws Exception {
    String svg = BoxPlot.svg("a < b & c", Map.of("<x>", new double[] {1}), "");
    assertEquals("a < b & c", all(parse(svg), "text").get(0).getTextContent());
    assertTrue(svg.contains("&lt;x&gt;"), svg);
  }
}
