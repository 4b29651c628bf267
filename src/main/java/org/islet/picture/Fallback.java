package org.islet.picture;

import java.util.List;

/** A block, and beside it what is done instead where it cannot be ended. */
public final class Fallback implements Block {

  private static final int GAP = 36;
  private static final int DROP = 10;
  private static final int JOIN = 18;

  private final Block attempt;
  private final Note reason;
  private final Stack other;

  /**
   * @param reason why the other way is taken
   * @param instead may be without a height
   */
  public Fallback(Block attempt, Note reason, Block instead) {
    this.attempt = attempt;
    this.reason = reason;
    this.other = new Stack(List.of(reason, instead));
  }

  @Override
  public int width() {
    return attempt.width() + GAP + other.width();
  }

  @Override
  public int height() {
    return Math.max(attempt.height(), DROP + other.height()) + JOIN;
  }

  @Override
  public int axis() {
    return attempt.axis();
  }

  @Override
  public void draw(Svg svg, int x, int y) {
    int right = x + attempt.width();
    int axis = x + attempt.axis();
    int otherAxis = right + GAP + other.axis();
    int bottom = y + height();
    int middle = y + DROP + reason.height() / 2;
    attempt.draw(svg, x, y);
    other.draw(svg, right + GAP, y + DROP);
    Wire.arrow(svg, right, middle, otherAxis - reason.axis(), middle);
    Wire.line(svg, axis, y + attempt.height(), axis, bottom);
    int end = y + DROP + other.height();
    Wire.line(svg, otherAxis, end, otherAxis, bottom, axis, bottom);
  }
}
