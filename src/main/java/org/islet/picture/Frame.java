package org.islet.picture;

import java.util.List;

/** A block in a frame with some words above it. */
public final class Frame implements Block {

  private static final int MARGIN = 14;
  private static final int MOST_CAPTION = 320;
  private static final int MOST_LINES = 4;
  private static final int LEAST_WIDTH = 60;

  /** The room that the way back takes above, below and to the right of the block. */
  private static final int BACK = 22;

  private static final Lettering LETTERING = Lettering.CAPTION;

  private final Look look;
  private final String words;
  private final List<String> caption;
  private final Block inside;
  private final int back;
  private final int width;
  private final int height;

  /**
   * @param again whether an arrow leads from the end of the block back to its beginning
   */
  public Frame(Look look, String words, Block inside, boolean again) {
    this.look = look;
    this.words = words;
    this.caption = LETTERING.wrapped(List.of(words.split(" ")), " ", MOST_CAPTION, MOST_LINES);
    this.inside = inside;
    this.back = again && inside.height() > 0 ? BACK : 0;
    int widest = caption.stream().mapToInt(LETTERING::width).max().orElse(0);
    this.width = 2 * MARGIN + Math.max(Math.max(widest, LEAST_WIDTH), inside.width() + back);
    this.height = captionHeight() + 2 * back + inside.height() + MARGIN;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  private int captionHeight() {
    return MARGIN / 2 + caption.size() * LETTERING.height() + MARGIN / 2;
  }

  @Override
  public int axis() {
    return left() + inside.axis();
  }

  /** Where the block inside begins. */
  private int left() {
    return (width - inside.width() - back) / 2;
  }

  @Override
  public void draw(Svg svg, int x, int y) {
    svg.add("<g><title>%s</title>\n", Svg.escaped(words));
    look.rectangle(svg, x, y, width, height, MARGIN / 2);
    for (int i = 0; i < caption.size(); i++) {
      int top = y + MARGIN / 2 + i * LETTERING.height();
      LETTERING.write(svg, x + MARGIN, top, "start", look.ink(), caption.get(i));
    }
    svg.add("</g>\n");
    int top = y + captionHeight() + back;
    inside.draw(svg, x + left(), top);
    if (back > 0) {
      drawWayBack(svg, x, top);
    }
  }

  private void drawWayBack(Svg svg, int x, int top) {
    int axis = x + axis();
    int right = x + left() + inside.width() + BACK / 2;
    int bottom = top + inside.height();
    int above = top - BACK + BACK / 4;
    int below = bottom + BACK - BACK / 4;
    Wire.arrow(svg, axis, bottom, axis, below, right, below, right, above, axis, above, axis, top);
  }
}
