package org.islet.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.File;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LetteringTest {

  private static final String FOLDER = "/usr/share/fonts/truetype/";

  @Test
  void words_are_as_long_as_their_characters() {
    // In thousandths of the size, m is 974 wide and i 278; in bold, m is 1042.
    assertEquals(11, Lettering.SMALL.width("m"));
    assertEquals(25, Lettering.SMALL.width("mim")); // 24.486
    assertEquals(15, Lettering.NAME.width("m"));
    assertEquals(0, Lettering.LABEL.width(""));
    assertEquals(12, Lettering.LABEL.width("…"));
  }

  /** Of the letters that a picture may be shown in, on the machines where they are. */
  @Test
  void words_take_no_more_room_than_is_kept_for_them() throws Exception {
    System.setProperty("java.awt.headless", "true");
    assertFit("dejavu/DejaVuSans.ttf", Lettering.SMALL, 11);
    assertFit("dejavu/DejaVuSans-Bold.ttf", Lettering.NAME, 14);
    assertFit("liberation/LiberationSans-Regular.ttf", Lettering.SMALL, 11);
    assertFit("liberation/LiberationSans-Bold.ttf", Lettering.NAME, 14);
    assertFit("noto/NotoSans-Regular.ttf", Lettering.SMALL, 11);
  }

  private static void assertFit(String file, Lettering lettering, int size) throws Exception {
    File path = new File(FOLDER + file);
    if (!path.exists()) {
      return;
    }
    Font font = Font.createFont(Font.TRUETYPE_FONT, path).deriveFont((float) size);
    FontRenderContext context = new FontRenderContext(null, true, true);
    for (char c = ' '; c <= '~'; c++) {
      String word = String.valueOf(c).repeat(20);
      double drawn = font.getStringBounds(word, context).getWidth();
      assertTrue(drawn <= lettering.width(word) + 1, () -> file + " " + word + " " + drawn);
    }
    var line = font.getLineMetrics("Äg", context);
    assertTrue(line.getAscent() <= lettering.ascent() + 0.5, file);
    assertTrue(line.getDescent() <= lettering.height() - lettering.ascent() + 0.5, file);
  }

  @Property
  void shortened_words_fit_and_keep_their_ends(
      @ForAll @AlphaChars @StringLength(max = 80) String words,
      @ForAll @IntRange(min = 30, max = 300) int most) {
    String shortened = Lettering.LABEL.shortened(words, most);
    assertTrue(Lettering.LABEL.width(shortened) <= most);
    if (Lettering.LABEL.width(words) <= most) {
      assertEquals(words, shortened);
    } else {
      String[] ends = shortened.split("…", -1);
      assertEquals(2, ends.length);
      assertTrue(words.startsWith(ends[0]) && words.endsWith(ends[1]), shortened);
      // One character more would not fit.
      int kept = shortened.length();
      String more =
          words.substring(0, (kept + 1) / 2) + "…" + words.substring(words.length() - kept / 2);
      assertTrue(Lettering.LABEL.width(more) > most, more);
    }
  }

  @Property
  void wrapped_words_fit_and_none_is_lost_silently(
      @ForAll @Size(max = 20) List<@AlphaChars @StringLength(min = 1, max = 12) String> words,
      @ForAll @IntRange(min = 1, max = 4) int lines) {
    List<String> wrapped = Lettering.SMALL.wrapped(words, " ", 140, lines);
    assertTrue(wrapped.size() <= lines);
    wrapped.forEach(line -> assertTrue(Lettering.SMALL.width(line) <= 140, line));
    String all = String.join(" ", words);
    String shown = String.join(" ", wrapped);
    assertTrue(shown.equals(all) || shown.contains("…"), shown);
  }

  @Test
  void wraps_between_words_only() {
    List<String> words = List.of("min=-100", "max=240", "factor=4");
    assertEquals(
        List.of("min=-100 · max=240", "factor=4"), Lettering.SMALL.wrapped(words, " · ", 130, 3));
    assertEquals(List.of("min=-100 · …"), Lettering.SMALL.wrapped(words, " · ", 90, 1));
  }

  @Test
  void a_word_that_could_be_an_element_is_escaped() {
    Svg svg = new Svg(10, 10);
    Lettering.LABEL.write(svg, 1, 2, "start", "#000000", "a < \"b\" & c");
    assertTrue(svg.toString().contains(">a &lt; &quot;b&quot; &amp; c</text>"), svg.toString());
  }
}
