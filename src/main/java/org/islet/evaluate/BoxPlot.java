package org.islet.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

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
  private static final int MOST_TICKS = 8;

  private final Map<String, double[]> groups;
  private final String title;
  private final String note;
  private final int left;
  private final double tick;
  private final double from;
  private final double to;

  private BoxPlot(String title, Map<String, double[]> groups, String note) {
    this.title = title;
    this.groups = groups;
    this.note = note;
    this.left =
        2 * MARGIN + LETTER * groups.keySet().stream().mapToInt(String::length).max().orElse(0);
    double least = all().min().orElse(0);
    double most = all().max().orElse(1);
    this.tick = tick(most > least ? most - least : 1);
    this.from = tick * Math.floor(least / tick);
    this.to = tick * Math.max(Math.ceil(most / tick), Math.floor(least / tick) + 1);
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

  /** 1, 2 or 5 times a power of ten, so that a length has at most {@link #MOST_TICKS} of them. */
  private static double tick(double length) {
    double power = Math.pow(10, Math.floor(Math.log10(length / MOST_TICKS)));
    for (int factor : new int[] {1, 2, 5}) {
      if (length / (factor * power) <= MOST_TICKS) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private String document() {
    int bottom = TOP + ROW * groups.size();
    int width = 2 * MARGIN + Math.max(left + WIDTH, LETTER * note.length());
    int height = bottom + 60;
    StringBuilder svg = new StringBuilder();
    add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"", width, height);
    add(
        svg,
        " width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n",
        width,
        height);
    add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", width, height);
    text(svg, MARGIN, 20, "start", title);
    axis(svg, bottom);
    int row = 0;
    for (Map.Entry<String, double[]> group : groups.entrySet()) {
      int middle = TOP + ROW * row++ + ROW / 2;
      text(svg, left - MARGIN / 2.0, middle + 4, "end", group.getKey());
      double[] sorted =
          Arrays.stream(group.getValue()).filter(v -> !Double.isNaN(v)).sorted().toArray();
      if (sorted.length > 0) {
        box(svg, sorted, middle);
      }
    }
    text(svg, MARGIN, bottom + 46, "start", note);
    return svg.append("</svg>\n").toString();
  }

  private void axis(StringBuilder svg, int bottom) {
    int ticks = (int) Math.round((to - from) / tick);
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(tick)));
    for (int i = 0; i <= ticks; i++) {
      double value = from + i * tick;
      line(svg, x(value), TOP, x(value), bottom, "#dddddd");
      String label = String.format(Locale.ROOT, "%." + decimals + "f", value);
      text(svg, x(value), bottom + 18, "middle", label);
    }
  }

  private void box(StringBuilder svg, double[] sorted, int middle) {
    double lower = Statistics.quantile(sorted, 0.25);
    double upper = Statistics.quantile(sorted, 0.75);
    double reach = 1.5 * (upper - lower);
    double first = Arrays.stream(sorted).filter(v -> v >= lower - reach).min().orElseThrow();
    double last = Arrays.stream(sorted).filter(v -> v <= upper + reach).max().orElseThrow();
    line(svg, x(first), middle, x(last), middle, "black");
    add(
        svg,
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#9ecae1\" stroke=\"black\"/>\n",
        x(lower),
        middle - BOX / 2,
        x(upper) - x(lower),
        BOX);
    double median = x(Statistics.quantile(sorted, 0.5));
    line(svg, median, middle - BOX / 2, median, middle + BOX / 2, "black");
    Arrays.stream(sorted)
        .filter(v -> v < first || v > last)
        .forEach(
            v ->
                add(
                    svg,
                    "<circle cx=\"%.1f\" cy=\"%d\" r=\"3\" fill=\"none\" stroke=\"black\"/>\n",
                    x(v),
                    middle));
  }

  private double x(double value) {
    return left + WIDTH * (value - from) / (to - from);
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
    add(
        svg,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
        x1,
        y1,
        x2,
        y2,
        colour);
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add(svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped);
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
