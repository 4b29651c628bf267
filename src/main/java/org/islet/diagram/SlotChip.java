package org.islet.diagram;

import org.islet.picture.Lettering;
import org.islet.picture.Svg;
import org.islet.stage.Slot;

/** A slot's name in the colour of what the slot holds. Lengths are in pixels. */
record SlotChip(String words, SlotKind kind, Role role) {

  /** What a step does with a slot. */
  enum Role {
    READ("read", ""),
    WRITTEN("written", ""),
    REPLACED("given a new value", " stroke-dasharray=\"3 2\"");

    private final String words;
    private final String edge;

    Role(String words, String edge) {
      this.words = words;
      this.edge = edge;
    }

    String words() {
      return words;
    }
  }

  static final int HEIGHT = 20;

  private static final int MOST_WORDS = 260;
  private static final int MARGIN = 8;
  private static final Lettering LETTERING = Lettering.SMALL;

  static SlotChip of(Slot<?> slot, Role role) {
    return new SlotChip(LETTERING.shortened(slot.name(), MOST_WORDS), SlotKind.of(slot), role);
  }

  int width() {
    return 2 * MARGIN + LETTERING.width(words);
  }

  void draw(Svg svg, int x, int y) {
    boolean full = role == Role.WRITTEN;
    svg.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"%s\" stroke=\"%s\"%s/>\n",
        x,
        y,
        width(),
        HEIGHT,
        HEIGHT / 2,
        full ? kind.dark() : kind.light(),
        kind.dark(),
        role.edge);
    int top = y + (HEIGHT - LETTERING.height()) / 2;
    LETTERING.write(svg, x + width() / 2, top, "middle", full ? kind.light() : kind.dark(), words);
  }
}
