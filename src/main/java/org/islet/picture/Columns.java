package org.islet.picture;

import java.util.ArrayList;
import java.util.List;

/** Ways beside each other, into which the flow parts and which it leaves as one again. */
public final class Columns implements Block {

  /** How ways part and come together. */
  public enum Fork {
    /** All are taken: a bar, and another where they come together. */
    ALL(5, 5),
    /** One is taken: a diamond, and a line where they come together. */
    ONE(26, 0);

    private final int top;
    private final int bottom;

    Fork(int top, int bottom) {
      this.top = top;
      this.bottom = bottom;
    }
  }

  private static final int GAP = 24;
  private static final int LEAD = 20;
  private static final int LEAST_WIDTH = 36;
  private static final int BEYOND = 14;
  private static final int HALF_DIAMOND = 9;
  private static final String BAR = "#24292f";

  private final Fork fork;
  private final List<Block> columns;

  /** The axes of the columns, from the left edge. */
  private final List<Integer> axes = new ArrayList<>();

  private final int width;
  private final int height;

  /**
   * @param fork how they part
   * @param columns at least one; one without a height is a way on which there is nothing
   */
  public Columns(Fork fork, List<Block> columns) {
    this.fork = fork;
    this.columns = List.copyOf(columns);
    int left = 0;
    for (Block column : columns) {
      int room = Math.max(LEAST_WIDTH, column.width());
      axes.add(left + column.axis() + (room - column.width()) / 2);
      left += room + GAP;
    }
    this.width = left - GAP;
    int highest = columns.stream().mapToInt(Block::height).max().orElse(0);
    this.height = fork.top + LEAD + highest + LEAD + fork.bottom;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int axis() {
    int columns = axes.size();
    return (axes.get((columns - 1) / 2) + axes.get(columns / 2)) / 2;
  }

  @Override
  public void draw(Svg svg, int x, int y) {
    int first = x + axes.get(0);
    int last = x + axes.get(axes.size() - 1);
    int bottom = y + height - fork.bottom;
    if (fork == Fork.ALL) {
      bar(svg, first, last, y);
      bar(svg, first, last, bottom);
    } else {
      diamond(svg, x + axis(), y);
      Wire.line(svg, x + axis(), y + 2 * HALF_DIAMOND, x + axis(), y + fork.top);
      Wire.line(svg, first, y + fork.top, last, y + fork.top);
      Wire.line(svg, first, bottom, last, bottom);
    }
    for (int i = 0; i < columns.size(); i++) {
      draw(svg, columns.get(i), x + axes.get(i), y + fork.top, bottom);
    }
  }

  private static void draw(Svg svg, Block column, int axis, int from, int to) {
    if (column.height() == 0) {
      Wire.line(svg, axis, from, axis, to);
      return;
    }
    int top = from + LEAD;
    Wire.arrow(svg, axis, from, axis, top);
    column.draw(svg, axis - column.axis(), top);
    Wire.line(svg, axis, top + column.height(), axis, to);
  }

  private void bar(Svg svg, int first, int last, int y) {
    svg.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>\n",
        first - BEYOND, y, last - first + 2 * BEYOND, fork.top, BAR);
  }

  private static void diamond(Svg svg, int axis, int y) {
    int middle = y + HALF_DIAMOND;
    svg.add(
        "<polygon points=\"%d,%d %d,%d %d,%d %d,%d\" fill=\"%s\" stroke=\"%s\"/>\n",
        axis,
        y,
        axis + HALF_DIAMOND,
        middle,
        axis,
        middle + HALF_DIAMOND,
        axis - HALF_DIAMOND,
        middle,
        Look.QUESTION.fill(),
        Look.QUESTION.edge());
  }
}
