package org.islet.picture;

import java.util.Locale;

/** An SVG picture being drawn: what is added later lies above. Lengths are in pixels. */
public final class Svg {

  private final StringBuilder text = new StringBuilder();

  /** A white picture. */
  public Svg(int width, int height) {
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"", width, height);
    add(
        " width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n",
        width, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", width, height);
  }

  /** A straight line. */
  public void line(double x1, double y1, double x2, double y2, String colour) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
        x1, y1, x2, y2, colour);
  }

  /**
   * Text in black, 12 pixels high.
   *
   * @param y of the line that the letters stand on
   * @param anchor which part of the text lies at x: start, middle or end
   */
  public void text(double x, double y, String anchor, String words) {
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escaped(words));
  }

  /** Adds an element as it is, its numbers with decimal points. */
  public void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  /** Text as it can stand in an element or, in quotes, in an attribute. */
  public static String escaped(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The whole document. */
  @Override
  public String toString() {
    return text + "</svg>\n";
  }
}
