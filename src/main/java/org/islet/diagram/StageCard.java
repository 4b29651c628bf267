package org.islet.diagram;

import java.util.List;
import org.islet.diagram.SlotChip.Role;
import org.islet.picture.Block;
import org.islet.picture.Lettering;
import org.islet.picture.Look;
import org.islet.picture.Svg;
import org.islet.picture.Wire;
import org.islet.plan.Step;

/**
 * A step in a picture: the stage's name, its parameters, and the slots that it reads and writes.
 */
final class StageCard implements Block {

  private static final int LEAST_ROOM = 190;
  private static final int MOST_ROOM = 320;
  private static final int MOST_LINES = 4;
  private static final int MARGIN = 12;
  private static final int GAP = 8;
  private static final int ARROW = 26;

  private final Step step;
  private final String name;
  private final List<String> parameters;
  private final ChipRows reads;
  private final ChipRows writes;
  private final int room;

  StageCard(Step step) {
    this.step = step;
    this.name = Lettering.NAME.shortened(step.name(), MOST_ROOM);
    this.parameters =
        Lettering.SMALL.wrapped(
            step.parameters().entrySet().stream()
                .map(p -> p.getKey() + "=" + p.getValue())
                .toList(),
            " · ",
            MOST_ROOM,
            MOST_LINES);
    this.reads =
        new ChipRows(
            step.reads().stream().distinct().map(slot -> SlotChip.of(slot, Role.READ)).toList(),
            MOST_ROOM);
    this.writes =
        new ChipRows(
            step.writes().stream()
                .distinct()
                .map(
                    slot ->
                        SlotChip.of(
                            slot, step.replaces().contains(slot) ? Role.REPLACED : Role.WRITTEN))
                .toList(),
            MOST_ROOM - ARROW);
    this.room = room();
  }

  private int room() {
    int words = Lettering.NAME.width(name);
    int longest = parameters.stream().mapToInt(Lettering.SMALL::width).max().orElse(0);
    int text = parametersBesideName() ? words + MARGIN + longest : Math.max(words, longest);
    int slots =
        slotsInOneRow()
            ? reads.width() + ARROW + writes.width()
            : Math.max(reads.width(), ARROW + writes.width());
    return Math.max(LEAST_ROOM, Math.max(text, slots));
  }

  private boolean parametersBesideName() {
    return parameters.size() == 1
        && Lettering.NAME.width(name) + MARGIN + Lettering.SMALL.width(parameters.get(0))
            <= MOST_ROOM;
  }

  private boolean slotsInOneRow() {
    return reads.rows() <= 1
        && writes.rows() <= 1
        && reads.width() + ARROW + writes.width() <= MOST_ROOM;
  }

  @Override
  public int width() {
    return 2 * MARGIN + room;
  }

  @Override
  public int axis() {
    return width() / 2;
  }

  @Override
  public int height() {
    int slots = slotsInOneRow() ? SlotChip.HEIGHT : reads.height() + GAP + writes.height();
    return GAP + textHeight() + GAP / 2 + slots + MARGIN - 2;
  }

  private int textHeight() {
    int below = parametersBesideName() ? 0 : parameters.size() * Lettering.SMALL.height();
    return Lettering.NAME.height() + below;
  }

  @Override
  public void draw(Svg svg, int x, int y) {
    svg.add(
        "<g><title>line %d: %s</title>\n",
        step.location().line(), Svg.escaped(step.written().uri()));
    Look look = step.stage().isPresent() ? Look.PLAIN : Look.RISKY;
    look.rectangle(svg, x, y, width(), height(), 8);
    drawText(svg, look, x + MARGIN, y + GAP);
    drawSlots(svg, x + MARGIN, y + GAP + textHeight() + GAP / 2);
    svg.add("</g>\n");
  }

  private void drawText(Svg svg, Look look, int x, int y) {
    Lettering.NAME.write(svg, x, y, "start", look.ink(), name);
    if (parametersBesideName()) {
      int top = y + Lettering.NAME.ascent() - Lettering.SMALL.ascent();
      Lettering.SMALL.write(svg, x + room, top, "end", Look.PALE.ink(), parameters.get(0));
    } else {
      int top = y + Lettering.NAME.height();
      for (String line : parameters) {
        Lettering.SMALL.write(svg, x, top, "start", Look.PALE.ink(), line);
        top += Lettering.SMALL.height();
      }
    }
  }

  private void drawSlots(Svg svg, int x, int y) {
    boolean oneRow = slotsInOneRow();
    int top = oneRow ? y : y + reads.height() + GAP;
    int left = x + room - writes.width();
    int middle = top + SlotChip.HEIGHT / 2;
    reads.draw(svg, x, y);
    writes.draw(svg, left, top);
    if (!writes.isEmpty()) {
      Wire.arrow(svg, x + (oneRow ? reads.width() : 0) + GAP / 2, middle, left - GAP / 2, middle);
    }
  }
}
