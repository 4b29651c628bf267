package org.islet.picture;

/** The colours of a rectangle and of what is written in it. */
public enum Look {
  PLAIN("#ffffff", "#8c959f", "#1f2328", ""),
  PALE("#f6f8fa", "#d0d7de", "#424a53", ""),
  QUESTION("#fff8c5", "#9a6700", "#4d2d00", ""),
  REPEATED("#f4fbf6", "#1a7f37", "#0a4a1d", "6 4"),
  RISKY("#fff5f4", "#cf222e", "#82071e", "6 4");

  private final String fill;
  private final String edge;
  private final String ink;
  private final String dashes;

  Look(String fill, String edge, String ink, String dashes) {
    this.fill = fill;
    this.edge = edge;
    this.ink = ink;
    this.dashes = dashes;
  }

  /** The colour of words. */
  public String ink() {
    return ink;
  }

  String fill() {
    return fill;
  }

  String edge() {
    return edge;
  }

  /**
   * Draws a rectangle.
   *
   * @param radius of its corners
   */
  public void rectangle(Svg svg, int x, int y, int width, int height, int radius) {
    svg.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"%s\" stroke=\"%s\"%s/>\n",
        x,
        y,
        width,
        height,
        radius,
        fill,
        edge,
        dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
  }
}
