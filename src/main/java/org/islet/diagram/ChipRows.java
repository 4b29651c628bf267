package org.islet.diagram;

import java.util.ArrayList;
import java.util.List;
import org.islet.picture.Svg;

/** Chips beside each other, in as many rows as they need. Lengths are in pixels. */
final class ChipRows {

  private static final int GAP = 6;

  private final List<List<SlotChip>> rows = new ArrayList<>();

  /**
   * @param most the width that a row of more than one chip must not exceed
   */
  ChipRows(List<SlotChip> chips, int most) {
    List<SlotChip> row = new ArrayList<>();
    for (SlotChip chip : chips) {
      if (!row.isEmpty() && width(row) + GAP + chip.width() > most) {
        rows.add(row);
        row = new ArrayList<>();
      }
      row.add(chip);
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
  }

  private static int width(List<SlotChip> row) {
    return GAP * (row.size() - 1) + row.stream().mapToInt(SlotChip::width).sum();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The number of rows. */
  int rows() {
    return rows.size();
  }

  int width() {
    return rows.stream().mapToInt(ChipRows::width).max().orElse(0);
  }

  int height() {
    return rows.size() * (SlotChip.HEIGHT + GAP) - (rows.isEmpty() ? 0 : GAP);
  }

  void draw(Svg svg, int x, int y) {
    int top = y;
    for (List<SlotChip> row : rows) {
      int left = x;
      for (SlotChip chip : row) {
        chip.draw(svg, left, top);
        left += chip.width() + GAP;
      }
      top += SlotChip.HEIGHT + GAP;
    }
  }
}
