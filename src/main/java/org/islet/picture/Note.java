package org.islet.picture;

import java.util.List;

/** A few words in a rounded rectangle, such as a condition. */
public final class Note implements Block {

  private static final int MOST_WIDTH = 240;
  private static final int MOST_LINES = 6;
  private static final int MARGIN = 10;
  private static final Lettering LETTERING = Lettering.LABEL;

  private final Look look;
  private final String words;
  private final List<String> lines;

  /**
   * @param words those that do not fit are left out of the lines, but shown where a viewer shows a
   *     title
   */
  public Note(Look look, String words) {
    this.look = look;
    this.words = words;
    this.lines = LETTERING.wrapped(List.of(words.split(" ")), " ", MOST_WIDTH, MOST_LINES);
  }

  @Override
  public int width() {
    return 2 * MARGIN + lines.stream().mapToInt(LETTERING::width).max().orElse(0);
  }

  @Override
  public int height() {
    return MARGIN + lines.size() * LETTERING.height();
  }

  @Override
  public int axis() {
    return width() / 2;
  }

  @Override
  public void draw(Svg svg, int x, int y) {
    svg.add("<g><title>%s</title>\n", Svg.escaped(words));
    look.rectangle(svg, x, y, width(), height(), MARGIN);
    for (int i = 0; i < lines.size(); i++) {
      int top = y + MARGIN / 2 + i * LETTERING.height();
      LETTERING.write(svg, x + axis(), top, "middle", look.ink(), lines.get(i));
    }
    svg.add("</g>\n");
  }
}
