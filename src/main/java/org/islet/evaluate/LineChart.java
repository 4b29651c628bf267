package org.islet.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.islet.picture.Svg;

/**
 * Curves over whole numbers such as epochs, as an SVG picture: panels one below the other, each
 * with an axis and a legend of its own. Several curves of one name are drawn thin, and their mean
 * thick as far as all of them reach.
 */
public final class LineChart {

  /** Told apart by the colour-blind too (Okabe and Ito 2008). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private static final int LETTER = 7;
  private static final int LEFT = 70;
  private static final int TOP = 34;
  private static final int WIDTH = 520;
  private static final int HEIGHT = 200;
  private static final int PANEL = TOP + HEIGHT + 50;
  private static final int LEGEND_ROW = 18;
  private static final int SWATCH = 20;

  private final List<Panel> panels;
  private final String along;

  private LineChart(List<Panel> panels, String along) {
    this.panels = panels;
    this.along = along;
  }

  /**
   * Curves that share an axis.
   *
   * @param title written above them
   * @param curves by what the legend calls them; values that are not finite are left out
   */
  public record Panel(String title, Map<String, List<NavigableMap<Integer, Double>>> curves) {

    private DoubleStream values() {
      return curves.values().stream()
          .flatMap(List::stream)
          .flatMap(c -> c.values().stream())
          .mapToDouble(Double::doubleValue)
          .filter(Double::isFinite);
    }

    private int last() {
      return curves.values().stream()
          .flatMap(List::stream)
          .filter(c -> !c.isEmpty())
          .mapToInt(NavigableMap::lastKey)
          .max()
          .orElse(1);
    }
  }

  /**
   * Draws curves.
   *
   * @param along what the curves go along, such as epochs; the axis begins at 0
   * @return the SVG document
   */
  public static String svg(List<Panel> panels, String along) {
    return new LineChart(panels, along).document();
  }

  private String document() {
    int longest =
        panels.stream()
            .flatMap(p -> p.curves().keySet().stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    int height = panels.stream().mapToInt(LineChart::height).sum();
    Svg svg = new Svg(LEFT + WIDTH + 3 * SWATCH + LETTER * longest, height);
    int top = TOP;
    for (Panel panel : panels) {
      draw(svg, panel, top);
      top += height(panel);
    }
    return svg.toString();
  }

  /** A panel's height, which grows where its legend is longer than its curves are high. */
  private static int height(Panel panel) {
    return Math.max(PANEL, TOP + LEGEND_ROW * (panel.curves().size() + 1));
  }

  private void draw(Svg svg, Panel panel, int top) {
    Frame frame =
        new Frame(
            Axis.around(0, panel.last(), 1),
            Axis.around(panel.values().min().orElse(0), panel.values().max().orElse(1), 0),
            top);
    svg.text(LEFT, top - 14, "start", panel.title());
    frame.draw(svg, along);
    int row = 0;
    for (Map.Entry<String, List<NavigableMap<Integer, Double>>> group : panel.curves().entrySet()) {
      String colour = COLOURS.get(row % COLOURS.size());
      double y = top + LEGEND_ROW * (row + 0.5);
      int x = LEFT + WIDTH + SWATCH / 2;
      svg.line(x, y, x + SWATCH, y, colour);
      svg.text(x + 1.5 * SWATCH, y + 4, "start", group.getKey());
      List<NavigableMap<Integer, Double>> curves = group.getValue();
      if (curves.size() > 1) {
        curves.forEach(curve -> frame.draw(svg, curve, colour, 0.5));
      }
      frame.draw(svg, mean(curves), colour, 2);
      row++;
    }
  }

  /** The mean of curves where all of them have a value. */
  static NavigableMap<Integer, Double> mean(List<NavigableMap<Integer, Double>> curves) {
    NavigableMap<Integer, Double> mean = new TreeMap<>();
    for (Integer at : curves.get(0).keySet()) {
      if (curves.stream().allMatch(c -> c.containsKey(at))) {
        mean.put(at, curves.stream().mapToDouble(c -> c.get(at)).average().orElseThrow());
      }
    }
    return mean;
  }

  /** Where values lie in the picture. */
  private record Frame(Axis across, Axis up, int top) {

    private double x(double value) {
      return LEFT + WIDTH * across.share(value);
    }

    private double y(double value) {
      return top + HEIGHT * (1 - up.share(value));
    }

    void draw(Svg svg, String along) {
      int bottom = top + HEIGHT;
      for (int i = 0; i <= across.steps(); i++) {
        double x = x(across.value(i));
        svg.line(x, top, x, bottom, "#dddddd");
        svg.text(x, bottom + 18, "middle", across.label(i));
      }
      for (int i = 0; i <= up.steps(); i++) {
        double y = y(up.value(i));
        svg.line(LEFT, y, LEFT + WIDTH, y, "#dddddd");
        svg.text(LEFT - 8, y + 4, "end", up.label(i));
      }
      svg.text(LEFT + WIDTH + SWATCH / 2.0, bottom + 18, "start", along);
    }

    void draw(Svg svg, NavigableMap<Integer, Double> curve, String colour, double thickness) {
      List<String> points = new ArrayList<>();
      curve.forEach(
          (at, value) -> {
            if (Double.isFinite(value)) {
              points.add(String.format(Locale.ROOT, "%.1f,%.1f", x(at), y(value)));
            }
          });
      svg.add(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>\n",
          String.join(" ", points), colour, thickness);
      if (points.size() == 1) {
        String[] point = points.get(0).split(",", -1);
        svg.add("<circle cx=\"%s\" cy=\"%s\" r=\"2\" fill=\"%s\"/>\n", point[0], point[1], colour);
      }
    }
  }
}
