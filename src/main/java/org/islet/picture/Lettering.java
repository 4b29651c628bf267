package org.islet.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * How words are written, and the room that they take. Which sans-serif letters a picture is shown
 * in is not known, so each character has the room that it takes in DejaVu Sans or in Arial (as
 * Liberation Sans has it), whichever is wider; the same words are as long on every machine. Lengths
 * are in pixels.
 */
public enum Lettering {
  TITLE(20, true),
  NAME(14, true),
  CAPTION(12, true),
  LABEL(12, false),
  SMALL(11, false);

  /** The widths of the characters from blank to tilde, in thousandths of the size. */
  private static final int[] PLAIN = {
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637,
    637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 557, 1016, 685, 687, 723,
    771, 667, 611, 778, 752, 295, 500, 667, 558, 863, 749, 788, 667, 788, 723, 667, 611, 732,
    685, 989, 686, 667, 686, 391, 337, 391, 838, 557, 500, 613, 635, 550, 635, 616, 353, 635,
    634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592,
    525, 637, 337, 637, 838
  };

  private static final int[] BOLD = {
    349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 611, 1000, 774, 763, 734,
    831, 684, 684, 821, 837, 373, 557, 775, 638, 996, 837, 851, 733, 851, 771, 721, 683, 813,
    774, 1104, 771, 725, 726, 458, 366, 458, 838, 557, 500, 675, 716, 593, 716, 679, 436, 716,
    712, 343, 343, 666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652,
    583, 712, 366, 712, 838
  };

  /** Any other character: as wide as the letters are high. */
  private static final int OTHER = 1000;

  private static final String MORE = "…";

  private final int size;
  private final boolean bold;

  Lettering(int size, boolean bold) {
    this.size = size;
    this.bold = bold;
  }

  int size() {
    return size;
  }

  boolean isBold() {
    return bold;
  }

  /** How long words are at the most. */
  public int width(String words) {
    int[] widths = bold ? BOLD : PLAIN;
    int sum = words.chars().map(c -> c < ' ' || c > '~' ? OTHER : widths[c - ' ']).sum();
    return ceil(sum * size, 1000);
  }

  private static int ceil(int number, int by) {
    return (number + by - 1) / by;
  }

  /** How far letters reach above the line that they stand on. */
  public int ascent() {
    return ceil(size * 93, 100);
  }

  /** From the top of the letters to the bottom of the lowest. */
  public int height() {
    return ascent() + ceil(size * 24, 100);
  }

  /** Words that are too long without their middle, so that they are no longer than allowed. */
  public String shortened(String words, int most) {
    if (width(words) <= most) {
      return words;
    }
    int kept = words.length() - 1;
    while (kept > 0 && width(ends(words, kept)) > most) {
      kept--;
    }
    return ends(words, kept);
  }

  private static String ends(String words, int kept) {
    int head = (kept + 1) / 2;
    return words.substring(0, head) + MORE + words.substring(words.length() - kept + head);
  }

  /**
   * Words one after the other in lines that are no longer than allowed.
   *
   * @param between what stands between two words on a line
   * @param lines the most lines; what does not fit is left out, and the last line says so
   */
  public List<String> wrapped(List<String> words, String between, int most, int lines) {
    List<String> wrapped = new ArrayList<>();
    String line = "";
    for (String word : words) {
      String fitting = shortened(word, most);
      String longer = line.isEmpty() ? fitting : line + between + fitting;
      if (width(longer) <= most) {
        line = longer;
      } else if (wrapped.size() == lines - 1) {
        wrapped.add(shortened(line + between + MORE, most));
        return wrapped;
      } else {
        wrapped.add(line);
        line = fitting;
      }
    }
    if (!line.isEmpty()) {
      wrapped.add(line);
    }
    return wrapped;
  }

  /**
   * Writes words.
   *
   * @param top of the letters
   * @param anchor which part of the words lies at x: start, middle or end
   */
  public void write(Svg svg, int x, int top, String anchor, String colour, String words) {
    svg.add(
        "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
        x,
        top + ascent(),
        size,
        bold ? " font-weight=\"bold\"" : "",
        anchor,
        colour,
        Svg.escaped(words));
  }
}
