package org.islet.picture;

import java.util.StringJoiner;

/**
 * The lines along which a flow runs: each of a chain of points lies above or beside the one before.
 */
public final class Wire {

  /** How long the head of an arrow is. */
  public static final int HEAD = 7;

  private static final String COLOUR = "#57606a";

  private Wire() {}

  /** A line through points, given as x, y, x, y and so on. */
  public static void line(Svg svg, int... points) {
    if (points[0] == points[points.length - 2] && points[1] == points[points.length - 1]) {
      return;
    }
    StringJoiner places = new StringJoiner(" ");
    for (int i = 0; i < points.length; i += 2) {
      places.add(points[i] + "," + points[i + 1]);
    }
    svg.add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n",
        places, COLOUR);
  }

  /**
   * A line as {@link #line}, with a head at its last point. The last piece is longer than the head.
   */
  public static void arrow(Svg svg, int... points) {
    int x = points[points.length - 2];
    int y = points[points.length - 1];
    int dx = Integer.signum(x - points[points.length - 4]);
    int dy = Integer.signum(y - points[points.length - 3]);
    int[] shaft = points.clone();
    shaft[points.length - 2] -= dx * (HEAD - 1);
    shaft[points.length - 1] -= dy * (HEAD - 1);
    line(svg, shaft);
    int backX = x - dx * HEAD;
    int backY = y - dy * HEAD;
    svg.add(
        "<polygon points=\"%d,%d %d,%d %d,%d\" fill=\"%s\"/>\n",
        x, y, backX + 4 * dy, backY + 4 * dx, backX - 4 * dy, backY - 4 * dx, COLOUR);
  }
}
