package org.islet.evaluate;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.islet.picture.Svg;

/**
 * Box plots of several groups of numbers, one below the other, as an SVG picture: the box from the
 * lower to the upper quartile with a line at the median, whiskers to the farthest values within 1.5
 * times the box's length (Tukey 1977, Exploratory Data Analysis), and a dot for each value beyond.
 */
final class BoxPlot {

  private static final int LETTER = 7;
  private static final int TOP = 34;
  private static final int ROW = 34;
  private static final int BOX = 16;
  private static final int WIDTH = 560;
  private static final int MARGIN = 16;

  private final Map<String, double[]> groups;
  private final String title;
  private final String note;
  private final int left;
  private final Axis axis;

  private BoxPlot(String title, Map<String, double[]> groups, String note) {
    this.title = title;
    this.groups = groups;
    this.note = note;
    this.left =
        2 * MARGIN + LETTER * groups.keySet().stream().mapToInt(String::length).max().orElse(0);
    this.axis = Axis.around(all().min().orElse(0), all().max().orElse(1), 0);
  }

  /**
   * Draws the plots.
   *
   * @param title written above them
   * @param groups the numbers of each group by its name; NaN, for no value, is left out
   * @param note written below them
   * @return the SVG document
   */
  static String svg(String title, Map<String, double[]> groups, String note) {
    return new BoxPlot(title, groups, note).document();
  }

  private DoubleStream all() {
    return groups.values().stream().flatMapToDouble(Arrays::stream).filter(v -> !Double.isNaN(v));
  }

  private String document() {
    int bottom = TOP + ROW * groups.size();
    int width = 2 * MARGIN + Math.max(left + WIDTH, LETTER * note.length());
    int height = bottom + 60;
    Svg svg = new Svg(width, height);
    svg.text(MARGIN, 20, "start", title);
    axis(svg, bottom);
    int row = 0;
    for (Map.Entry<String, double[]> group : groups.entrySet()) {
      int middle = TOP + ROW * row++ + ROW / 2;
      svg.text(left - MARGIN / 2.0, middle + 4, "end", group.getKey());
      double[] sorted =
          Arrays.stream(group.getValue()).filter(v -> !Double.isNaN(v)).sorted().toArray();
      if (sorted.length > 0) {
        box(svg, sorted, middle);
      }
    }
    svg.text(MARGIN, bottom + 46, "start", note);
    return svg.toString();
  }

  private void axis(Svg svg, int bottom) {
    for (int i = 0; i <= axis.steps(); i++) {
      double x = x(axis.value(i));
      svg.line(x, TOP, x, bottom, "#dddddd");
      svg.text(x, bottom + 18, "middle", axis.label(i));
    }
  }

  private void box(Svg svg, double[] sorted, int middle) {
    double lower = Statistics.quantile(sorted, 0.25);
    double upper = Statistics.quantile(sorted, 0.75);
    double reach = 1.5 * (upper - lower);
    double first = Arrays.stream(sorted).filter(v -> v >= lower - reach).min().orElseThrow();
    double last = Arrays.stream(sorted).filter(v -> v <= upper + reach).max().orElseThrow();
    svg.line(x(first), middle, x(last), middle, "black");
    svg.add(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#9ecae1\" stroke=\"black\"/>\n",
        x(lower), middle - BOX / 2, x(upper) - x(lower), BOX);
    double median = x(Statistics.quantile(sorted, 0.5));
    svg.line(median, middle - BOX / 2, median, middle + BOX / 2, "black");
    Arrays.stream(sorted)
        .filter(v -> v < first || v > last)
        .forEach(
            v ->
                svg.add(
                    "<circle cx=\"%.1f\" cy=\"%d\" r=\"3\" fill=\"none\" stroke=\"black\"/>\n",
                    x(v), middle));
  }

  private double x(double value) {
    return left + WIDTH * axis.share(value);
  }
}
