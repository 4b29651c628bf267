package org.islet.diagram;

import org.islet.picture.Block;
import org.islet.picture.Lettering;
import org.islet.picture.Look;
import org.islet.picture.Svg;

/** Where a route begins or ends in a picture: the slot that is there, and what it is. */
record RouteEnd(SlotChip slot, String words) implements Block {

  private static final int MARGIN = 8;

  @Override
  public int width() {
    return 4 * MARGIN + slot.width() + Lettering.LABEL.width(words);
  }

  @Override
  public int height() {
    return 2 * MARGIN + SlotChip.HEIGHT;
  }

  @Override
  public int axis() {
    return width() / 2;
  }

  @Override
  public void draw(Svg svg, int x, int y) {
    Look.PALE.rectangle(svg, x, y, width(), height(), height() / 2);
    slot.draw(svg, x + MARGIN, y + MARGIN);
    int top = y + (height() - Lettering.LABEL.height()) / 2;
    Lettering.LABEL.write(svg, x + 2 * MARGIN + slot.width(), top, "start", Look.PALE.ink(), words);
  }
}
